import { Resampler, samplesOf } from '@karani/audio'
import { SAMPLE_RATE_HZ } from './phone.ts'
import { SampleQueue } from './sample-queue.ts'

/**
 * The pre-buffer in front of the playout queue: nothing moves on before a threshold is reached, then all of it does.
 * The threshold is `dryMs` while the queue is empty, `flowingMs` while it is not, so a short tail waits for more audio.
 */
export interface PreBuffer {
  dryMs: number
  flowingMs: number
  /** Whether killAudio empties it too. */
  clearedByKill: boolean
}

export interface ReachedMark { name: string, event: 'playout' | 'cleared' }

/** The carrier remembers this many marks and drops what comes beyond. */
const MAX_MARKS = 30

/** Audio from the media server on its way to the earpiece: any pace and any cut in, 20 ms out a tick, for ever behind if it comes too fast. */
export class Playback {
  readonly #resampler: Resampler | null
  readonly #preBuffer: PreBuffer
  /** Half a sample that waits for its other half. */
  #oddByte: Uint8Array | null = null
  #waiting = new SampleQueue()
  #queue = new SampleQueue()
  /** 16 kHz samples ever accepted, and ever played or dropped; a mark lies at a count of accepted ones. */
  #accepted = 0
  #passed = 0
  #marks: Array<{ name: string, at: number }> = []

  constructor ({ rateHz, preBuffer }: { rateHz: number, preBuffer: PreBuffer }) {
    this.#preBuffer = preBuffer
    this.#resampler = rateHz === SAMPLE_RATE_HZ ? null : new Resampler({ fromHz: rateHz, toHz: SAMPLE_RATE_HZ })
  }

  /** What waits to be played, the pre-buffer included. */
  get queuedMs (): number { return (this.#waiting.length + this.#queue.length) * 1000 / SAMPLE_RATE_HZ }

  push (bytes: Uint8Array): void {
    const whole = this.#oddByte === null ? bytes : Buffer.concat([this.#oddByte, bytes])
    this.#oddByte = whole.length % 2 === 1 ? whole.slice(-1) : null
    const samples = samplesOf(whole)
    const atLineRate = this.#resampler?.push(samples) ?? samples
    this.#accepted += atLineRate.length
    this.#waiting.push(atLineRate)
    const thresholdMs = this.#queue.length === 0 ? this.#preBuffer.dryMs : this.#preBuffer.flowingMs
    if (this.#waiting.length * 1000 >= thresholdMs * SAMPLE_RATE_HZ) this.#release()
  }

  /** Writes the next samples into the zeroed `frame` and returns the marks that they reach. */
  play (frame: Int16Array): readonly ReachedMark[] {
    this.#passed += this.#queue.shiftInto(frame)
    if (this.#marks.length === 0) return NO_MARKS
    const reached = this.#marks.filter(({ at }) => at <= this.#passed)
    this.#marks = this.#marks.slice(reached.length)
    return reached.map(({ name }) => ({ name, event: 'playout' }))
  }

  /** Drops what is queued; returns the marks that went with it. */
  kill (): readonly ReachedMark[] {
    this.#passed += this.#queue.length
    this.#queue.clear()
    if (this.#preBuffer.clearedByKill) {
      this.#passed += this.#waiting.length
      this.#waiting.clear()
      this.#oddByte = null
    }
    const cleared = this.#marks.map(({ name }) => ({ name, event: 'cleared' as const }))
    this.#marks = []
    return cleared
  }

  /** False when too many are outstanding: then it is forgotten. */
  mark (name: string): boolean {
    if (this.#marks.length >= MAX_MARKS) return false
    this.#marks.push({ name, at: this.#accepted })
    return true
  }

  clearMarks (): void {
    this.#marks = []
  }

  #release (): void {
    const portion = new Int16Array(this.#waiting.length)
    this.#waiting.shiftInto(portion)
    this.#queue.push(portion)
  }
}

const NO_MARKS: readonly ReachedMark[] = []
