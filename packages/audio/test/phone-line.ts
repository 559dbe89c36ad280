import { concatSamples } from '@karani/audio'

const FRAME_MS = 20
const FRAME = 320
const START = 2_560
const PORTION = 1_280

/** What is not known of the carrier's pre-buffer: does a dry line gather the long start again, and does it pass on all it has, or whole portions? */
export interface CarrierKind { readonly startsAgain: boolean, readonly movesAll: boolean }

export const CARRIERS: readonly CarrierKind[] = [true, false].flatMap((startsAgain) => [true, false].map((movesAll) => ({ startsAgain, movesAll })))

/** The carrier's playback at 16 kHz, sample by sample: a pre-buffer in front of an unbounded queue, of which each 20 ms play a frame. */
export class PhoneLine {
  readonly #kind: CarrierKind
  readonly #phaseMs: number
  #held: Int16Array = new Int16Array(0)
  #queue: Int16Array = new Int16Array(0)
  #threshold = START
  #killed = false
  readonly #frames: Int16Array[] = []

  constructor (kind: CarrierKind, phaseMs: number) {
    this.#kind = kind
    this.#phaseMs = phaseMs
  }

  receive (samples: Int16Array): void {
    this.#held = concatSamples([this.#held, samples])
    if (this.#kind.startsAgain && this.#queue.length === 0) this.#threshold = START
    if (this.#held.length < this.#threshold) return
    this.#threshold = PORTION
    const moved = this.#kind.movesAll ? this.#held.length : this.#held.length - this.#held.length % PORTION
    this.#queue = concatSamples([this.#queue, this.#held.subarray(0, moved)])
    this.#held = this.#held.slice(moved)
  }

  /** Obeyed with the next frame; the pre-buffer is not cleared. */
  killAudio (): void {
    this.#killed = true
  }

  advance (nowMs: number): void {
    if (nowMs % FRAME_MS !== this.#phaseMs) return
    if (this.#killed) this.#queue = new Int16Array(0)
    this.#killed = false
    const frame = new Int16Array(FRAME)
    frame.set(this.#queue.subarray(0, FRAME))
    this.#queue = this.#queue.slice(FRAME)
    this.#frames.push(frame)
  }

  played (): Int16Array {
    return concatSamples(this.#frames)
  }
}
