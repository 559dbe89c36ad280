import type { Tally } from './tally.ts'

/** The carrier is sent so much of a reply at once. */
export const LEAD_MS = 160

/** Times the replies of one call on their way down. */
export class ReplyWatch {
  #sentAt: number | null = null
  #leadSentAt: number | null = null
  #pieces = 0
  #pieceAt = 0
  #pieceMs = 0

  /** The model has just sent audio, with which the reply is `audioMs` long. */
  sent (audioMs: number, nowMs: number): void {
    this.#sentAt ??= nowMs
    if (audioMs >= LEAD_MS) this.#leadSentAt ??= nowMs
  }

  /** The carrier has received `pieceMs` of the reply. The second piece follows a lead, so its distance is no jitter. */
  heard (pieceMs: number, nowMs: number, tally: Tally): void {
    if (this.#sentAt === null) return
    if (this.#pieces === 0) {
      tally.down.push(nowMs - this.#sentAt)
      if (this.#leadSentAt !== null) tally.downWithLead.push(nowMs - this.#leadSentAt)
    }
    if (this.#pieces > 1) tally.jitter.push(Math.abs(nowMs - this.#pieceAt - this.#pieceMs))
    this.#pieces++
    this.#pieceAt = nowMs
    this.#pieceMs = pieceMs
  }

  /** The next reply will be another. */
  reset (): void {
    this.#sentAt = null
    this.#leadSentAt = null
    this.#pieces = 0
  }
}
