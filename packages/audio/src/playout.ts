import { AudioInFlight } from './audio-in-flight.ts'
import { bytesOf, samplesIn } from './samples.ts'

/** While a turn is still being spoken, an incomplete portion waits for more until the carrier has only this much left: two ticks. */
const JUST_IN_TIME_MS = 40

interface Chunk { readonly samples: Int16Array, readonly turn: number }

export interface PlayoutOptions {
  readonly sampleRateHz: number
  /** Sent at once when the carrier is dry, and the most it ever holds. At least two portions, else a late tick would be heard. */
  readonly leadMs?: number
  /** The portion in which the carrier passes audio on. */
  readonly prebufferMs?: number
  readonly maxQueuedMs: number
}

/** What a barge-in leaves. */
export interface Flushed {
  /** How much of the latest turn was played. */
  readonly heardMs: number
  /** How much was not played and will not be, silence not counted: still queued here, or cleared at the carrier. */
  readonly droppedMs: number
  /**
   * Silence to send before `killAudio`: it moves what the pre-buffer may hold into the queue that `killAudio` clears.
   * Null when nothing may be cleared, because the carrier still holds a protected turn.
   */
  readonly padding: Uint8Array | null
}

/**
 * The paced queue of one call toward the carrier. Pure: the caller passes a monotonic clock and sends what `due` gives.
 *
 * The carrier plays from a queue of its own, without limit, in real time. What enters that queue passes a pre-buffer, which moves
 * on once 160 ms have gathered when the carrier is dry, and portions of 80 ms afterwards; less stays in it, unheard, until more
 * follows. Hence three rules: a start is `leadMs` at once, whole portions follow as there is room for them, and the end of a turn is
 * filled up with silence and followed by a portion of it. The pre-buffer is then empty after every send, and the time at which
 * the carrier runs dry is known without asking it. Sent audio never exceeds the time since the start by more than `leadMs`.
 */
export class Playout {
  readonly #rateHz: number
  readonly #lead: number
  readonly #portion: number
  readonly #maxQueued: number
  readonly #silence: Int16Array
  readonly #inFlight: AudioInFlight

  #queue: Chunk[] = []
  #queued = 0
  /** The latest turn enqueued, and whether more of it may come. */
  #turn = 0
  #open = false
  /** Silence still owed to the end of the last audio. */
  #tail = 0
  /** Of the latest turn. */
  #sent = 0
  /** Since when the queue has not grown, as `due` saw it. */
  #stillSinceMs = -Infinity
  #grew = false

  constructor ({ sampleRateHz, leadMs = 160, prebufferMs = 80, maxQueuedMs }: PlayoutOptions) {
    if (leadMs < 2 * prebufferMs || leadMs % prebufferMs !== 0) throw new RangeError(`a lead of ${leadMs} ms is not two or more portions of ${prebufferMs} ms`)
    this.#rateHz = sampleRateHz
    this.#lead = samplesIn(leadMs, sampleRateHz)
    this.#portion = samplesIn(prebufferMs, sampleRateHz)
    this.#maxQueued = samplesIn(maxQueuedMs, sampleRateHz)
    this.#silence = silenceOf(this.#lead)
    this.#inFlight = new AudioInFlight(sampleRateHz)
  }

  /** Audio waiting here. */
  get queuedMs (): number { return this.#ms(this.#queued) }

  /** Adds audio of `turn`, which now belongs to the queue. Returns how many samples, the last ones, found no room in `maxQueuedMs` and were dropped. */
  enqueue (samples: Int16Array, turn: number): number {
    const kept = samples.subarray(0, this.#maxQueued - this.#queued)
    if (turn !== this.#turn) this.#sent = 0
    this.#turn = turn
    this.#open = true
    if (kept.length > 0) {
      this.#queue.push({ samples: kept, turn })
      this.#queued += kept.length
      this.#tail = this.#portion
      this.#grew = true
    }
    return samples.length - kept.length
  }

  /** No more audio of `turn` comes: its end is sent without waiting for more. A turn that is not the latest changes nothing. */
  endTurn (turn: number): void {
    if (turn === this.#turn) this.#open = false
  }

  /** The bytes to send now, or null. Ask about every 20 ms and after `enqueue`; a tick that comes 60 ms after the last goes unheard. */
  due (nowMs: number): Uint8Array | null {
    if (this.#grew) this.#stillSinceMs = nowMs
    this.#grew = false
    const length = this.#dueSamples(nowMs)
    return length === 0 ? null : bytesOf(this.#take(length, nowMs))
  }

  /** The caller interrupts: what was not played is dropped here and must be cleared at the carrier. Turns before `fromTurn` are protected. */
  flush (nowMs: number, fromTurn = -Infinity): Flushed {
    if (this.#holds((turn) => turn < fromTurn, nowMs)) return this.#flushQueue(fromTurn)
    const heardMs = this.heardMs(nowMs)
    const droppedMs = this.#ms(this.#queued + this.#inFlight.unplayedOf(() => true, nowMs))
    this.#sent = samplesIn(heardMs, this.#rateHz)
    this.#queue = []
    this.#queued = 0
    this.#open = false
    this.#tail = 0
    this.#inFlight.clear(nowMs)
    return { heardMs, droppedMs, padding: bytesOf(this.#silence) }
  }

  /** How much of the latest turn has been played. */
  heardMs (nowMs: number): number {
    return this.#ms(this.#sent - this.#inFlight.unplayedOf((turn) => turn === this.#turn, nowMs))
  }

  /** When the last audio will have been played, or was; null while some waits here. */
  get drainedAtMs (): number | null { return this.#queued > 0 ? null : this.#inFlight.heardAllAtMs }

  /** Has everything been played, also what the carrier holds? */
  isDrained (nowMs: number): boolean {
    return this.drainedAtMs !== null && nowMs >= this.drainedAtMs
  }

  #holds (isProtected: (turn: number) => boolean, nowMs: number): boolean {
    return this.#queue.some(({ turn }) => isProtected(turn)) || this.#inFlight.unplayedOf(isProtected, nowMs) > 0
  }

  /** A protected turn is playing: only what waits behind it is dropped. */
  #flushQueue (fromTurn: number): Flushed {
    const before = this.#queued
    this.#queue = this.#queue.filter(({ turn }) => turn < fromTurn)
    this.#queued = this.#queue.reduce((sum, { samples }) => sum + samples.length, 0)
    this.#open = false
    return { heardMs: 0, droppedMs: this.#ms(before - this.#queued), padding: null }
  }

  #dueSamples (nowMs: number): number {
    const aheadMs = this.#inFlight.aheadMs(nowMs)
    const dry = aheadMs === 0
    const step = dry ? this.#lead : this.#portion
    const room = dry ? this.#lead : wholeMultiple(this.#lead - samplesIn(aheadMs, this.#rateHz), step)
    if (this.#queued >= step) return Math.min(room, wholeMultiple(this.#queued, step))
    return this.#endIsDue(aheadMs, nowMs) ? Math.min(room, step) : 0
  }

  /** Is it time to send less than a whole step, filled up with silence? */
  #endIsDue (aheadMs: number, nowMs: number): boolean {
    if (!this.#open) return this.#queued + this.#tail > 0
    if (aheadMs > 0) return this.#queued > 0 && aheadMs <= JUST_IN_TIME_MS
    return this.#queued + this.#tail > 0 && nowMs - this.#stillSinceMs >= this.#ms(this.#lead)
  }

  /** `length` samples off the queue, silence after its end: a view where one chunk has them all. */
  #take (length: number, nowMs: number): Int16Array {
    const silent = length - Math.min(length, this.#queued)
    const output = silent === length ? this.#silence.subarray(0, length) : this.#takeAudio(length, nowMs)
    this.#tail = Math.max(0, this.#tail - silent)
    if (silent > 0) this.#inFlight.sent({ turn: null, samples: silent }, nowMs)
    return output
  }

  #takeAudio (length: number, nowMs: number): Int16Array {
    if (this.#queue[0]!.samples.length >= length) return this.#takeFirst(length, nowMs)
    const output = new Int16Array(length)
    for (let at = 0; at < length && this.#queue.length > 0;) {
      const samples = this.#takeFirst(length - at, nowMs)
      output.set(samples, at)
      at += samples.length
    }
    return output
  }

  /** Up to `length` samples of the first chunk. */
  #takeFirst (length: number, nowMs: number): Int16Array {
    const { turn, samples: chunk } = this.#queue[0]!
    const samples = chunk.subarray(0, length)
    if (samples.length === chunk.length) this.#queue.shift()
    else this.#queue[0] = { samples: chunk.subarray(length), turn }
    this.#queued -= samples.length
    if (turn === this.#turn) this.#sent += samples.length
    this.#inFlight.sent({ turn, samples: samples.length }, nowMs)
    return samples
  }

  #ms (samples: number): number {
    return samples * 1000 / this.#rateHz
  }
}

const silences = new Map<number, Int16Array>()

/** One buffer of zeros for all calls: never written to. */
function silenceOf (samples: number): Int16Array {
  const silence = silences.get(samples) ?? new Int16Array(samples)
  silences.set(samples, silence)
  return silence
}

function wholeMultiple (samples: number, of: number): number {
  return Math.max(0, Math.floor(samples / of)) * of
}
