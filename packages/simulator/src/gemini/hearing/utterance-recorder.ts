import type { Utterance } from '../brain.ts'

const HZ = 16_000
const SAMPLES_PER_MS = HZ / 1000
const BEFORE = 300 * SAMPLES_PER_MS
const AFTER = 300 * SAMPLES_PER_MS
const QUIET = 2 * HZ
const LONGEST = 60 * HZ

/**
 * Remembers what a speech recogniser needs of a stream: the last 2 s while nobody speaks, because an
 * onset is known late, then the whole utterance with the 300 ms before it, at most 60 s.
 */
export class UtteranceRecorder {
  #kept = new Int16Array(2 * QUIET)
  #length = 0
  /** Samples of this utterance beyond the longest. */
  #lost = 0
  #onsetMs: number | null = null

  push (samples: Int16Array): void {
    if (this.#onsetMs === null && this.#length + samples.length > 2 * QUIET) this.#keepLast(QUIET)
    const room = samples.subarray(0, LONGEST - this.#length)
    if (this.#length + room.length > this.#kept.length) this.#grow(this.#length + room.length)
    this.#kept.set(room, this.#length)
    this.#length += room.length
    this.#lost += samples.length - room.length
  }

  /** Speech began `agoMs` before the end of what was pushed, `onsetMs` into the stream. */
  begin (onsetMs: number, agoMs: number): void {
    this.#keepLast(agoMs * SAMPLES_PER_MS + BEFORE)
    this.#onsetMs = onsetMs
  }

  /** Speech ended `agoMs` before the end of what was pushed, `endMs` into the stream. What comes next is another utterance. */
  end (endMs: number, agoMs: number): Utterance {
    const surplus = Math.max(0, agoMs * SAMPLES_PER_MS - AFTER - this.#lost)
    const utterance = { samples: this.#kept.slice(0, Math.max(0, this.#length - surplus)), startMs: this.#onsetMs ?? endMs, endMs }
    this.#onsetMs = null
    this.#lost = 0
    this.#keepLast(BEFORE)
    return utterance
  }

  /** Nothing of what was pushed belongs to the next utterance. */
  forget (): void {
    this.#length = 0
  }

  #keepLast (samples: number): void {
    const from = Math.max(0, this.#length - samples)
    this.#kept.copyWithin(0, from, this.#length)
    this.#length -= from
  }

  #grow (needed: number): void {
    const longer = new Int16Array(Math.min(LONGEST, needed * 2))
    longer.set(this.#kept.subarray(0, this.#length))
    this.#kept = longer
  }
}
