import { AudioInFlight } from './audio-in-flight.ts'
import { SampleQueue } from './sample-queue.ts'
import { bytesOf, samplesIn, samplesOf } from './samples.ts'

/** While a turn is still being spoken, an incomplete portion waits for more until the carrier has only this much left: two ticks. */
const JUST_IN_TIME_MS = 40

/** So many samples in a row belong to a turn. */
interface Stretch { readonly turn: number, readonly samples: number }

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

  readonly #queue = new SampleQueue()
  /** Whose the samples in the queue are, in its order. */
  #stretches: Stretch[] = []
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
  get queuedMs (): number { return this.#ms(this.#queue.length) }

  /** Adds audio of `turn`. Returns how many samples, the last ones, found no room in `maxQueuedMs` and were dropped. */
  enqueue (samples: Int16Array, turn: number): number {
    const kept = samples.subarray(0, this.#maxQueued - this.#queue.length)
    if (turn !== this.#turn) this.#sent = 0
    this.#turn = turn
    this.#open = true
    if (kept.length > 0) {
      this.#queue.push(kept)
      this.#stretches.push({ turn, samples: kept.length })
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
    return length === 0 ? null : this.#take(length, nowMs)
  }

  /** The caller interrupts: what was not played is dropped here and must be cleared at the carrier. Turns before `fromTurn` are protected. */
  flush (nowMs: number, fromTurn = -Infinity): Flushed {
    if (this.#holds((turn) => turn < fromTurn, nowMs)) return this.#flushQueue(fromTurn)
    const heardMs = this.heardMs(nowMs)
    const droppedMs = this.#ms(this.#queue.length + this.#inFlight.unplayedOf(() => true, nowMs))
    this.#sent = samplesIn(heardMs, this.#rateHz)
    this.#queue.clear()
    this.#stretches = []
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
  get drainedAtMs (): number | null { return this.#queue.length > 0 ? null : this.#inFlight.heardAllAtMs }

  /** Has everything been played, also what the carrier holds? */
  isDrained (nowMs: number): boolean {
    return this.drainedAtMs !== null && nowMs >= this.drainedAtMs
  }

  #holds (isProtected: (turn: number) => boolean, nowMs: number): boolean {
    return this.#stretches.some(({ turn }) => isProtected(turn)) || this.#inFlight.unplayedOf(isProtected, nowMs) > 0
  }

  /** A protected turn is playing: only what waits behind it is dropped. */
  #flushQueue (fromTurn: number): Flushed {
    const before = this.#queue.length
    for (const stretch of this.#stretches.splice(0)) {
      const samples = new Int16Array(stretch.samples)
      this.#queue.shift(samples)
      if (stretch.turn >= fromTurn) continue
      this.#queue.push(samples) // behind those that are still to be looked at: once round, and the order is as before
      this.#stretches.push(stretch)
    }
    this.#open = false
    return { heardMs: 0, droppedMs: this.#ms(before - this.#queue.length), padding: null }
  }

  #dueSamples (nowMs: number): number {
    const aheadMs = this.#inFlight.aheadMs(nowMs)
    const dry = aheadMs === 0
    const step = dry ? this.#lead : this.#portion
    const room = dry ? this.#lead : wholeMultiple(this.#lead - samplesIn(aheadMs, this.#rateHz), step)
    if (this.#queue.length >= step) return Math.min(room, wholeMultiple(this.#queue.length, step))
    return this.#endIsDue(aheadMs, nowMs) ? Math.min(room, step) : 0
  }

  /** Is it time to send less than a whole step, filled up with silence? */
  #endIsDue (aheadMs: number, nowMs: number): boolean {
    if (!this.#open) return this.#queue.length + this.#tail > 0
    if (aheadMs > 0) return this.#queue.length > 0 && aheadMs <= JUST_IN_TIME_MS
    return this.#queue.length + this.#tail > 0 && nowMs - this.#stillSinceMs >= this.#ms(this.#lead)
  }

  /** `length` samples off the queue, silence after its end. */
  #take (length: number, nowMs: number): Uint8Array {
    const spoken = Math.min(length, this.#queue.length)
    const silent = length - spoken
    const bytes = spoken === 0 ? bytesOf(this.#silence.subarray(0, length)) : this.#takeSpeech(spoken, length)
    this.#account(spoken, nowMs)
    this.#tail = Math.max(0, this.#tail - silent)
    if (silent > 0) this.#inFlight.sent({ turn: null, samples: silent }, nowMs)
    return bytes
  }

  #takeSpeech (spoken: number, length: number): Uint8Array {
    const bytes = Buffer.allocUnsafe(length * 2)
    const samples = samplesOf(bytes)
    this.#queue.shift(samples.subarray(0, spoken))
    samples.fill(0, spoken)
    return bytes
  }

  /** The next `samples` of the queue are on their way. */
  #account (samples: number, nowMs: number): void {
    for (let left = samples; left > 0;) {
      const { turn, samples: all } = this.#stretches[0]!
      const sent = Math.min(all, left)
      if (sent === all) this.#stretches.shift()
      else this.#stretches[0] = { turn, samples: all - sent }
      if (turn === this.#turn) this.#sent += sent
      this.#inFlight.sent({ turn, samples: sent }, nowMs)
      left -= sent
    }
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
