import { samplesIn } from './samples.ts'

/** Consecutive samples of one turn; silence belongs to none. */
export interface Piece { readonly turn: number | null, readonly samples: number }

/** What was sent to the carrier and has not been played: known without asking it, since it plays in real time and is never let run dry within a turn. */
export class AudioInFlight {
  readonly #rateHz: number
  #pieces: Piece[] = []
  #dryAtMs = -Infinity
  #heardAllAtMs = -Infinity

  constructor (sampleRateHz: number) {
    this.#rateHz = sampleRateHz
  }

  /** When the last sample that is not silence will have been played, or was. */
  get heardAllAtMs (): number { return this.#heardAllAtMs }

  /** How much the carrier still has to play; 0 when it is dry. */
  aheadMs (nowMs: number): number {
    return Math.max(0, this.#dryAtMs - nowMs)
  }

  sent ({ turn, samples }: Piece, nowMs: number): void {
    this.#pieces = [...this.unplayed(nowMs), { turn, samples }]
    this.#dryAtMs = Math.max(this.#dryAtMs, nowMs) + samples * 1000 / this.#rateHz
    if (turn !== null) this.#heardAllAtMs = this.#dryAtMs
  }

  /** Oldest first. */
  unplayed (nowMs: number): Piece[] {
    let ahead = samplesIn(this.aheadMs(nowMs), this.#rateHz)
    const unplayed: Piece[] = []
    for (const { turn, samples } of this.#pieces.toReversed()) {
      if (ahead <= 0) break
      unplayed.unshift({ turn, samples: Math.min(samples, ahead) })
      ahead -= samples
    }
    return unplayed
  }

  /** Unplayed samples of the turns that fit. */
  unplayedOf (fits: (turn: number) => boolean, nowMs: number): number {
    return this.unplayed(nowMs).reduce((sum, { turn, samples }) => turn !== null && fits(turn) ? sum + samples : sum, 0)
  }

  /** The carrier has dropped it all. */
  clear (nowMs: number): void {
    this.#pieces = []
    this.#dryAtMs = nowMs
    this.#heardAllAtMs = nowMs
  }
}
