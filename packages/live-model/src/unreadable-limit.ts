const MAX_UNREADABLE = 3
const WINDOW_MS = 60_000

/** One unreadable message is an accident; the third within a minute means that this connection will not recover. */
export class UnreadableLimit {
  #timesMs: number[] = []

  /** Counts one more. True at the limit. */
  reachedAt (nowMs: number): boolean {
    this.#timesMs = [...this.#timesMs.filter(timeMs => nowMs - timeMs < WINDOW_MS), nowMs]
    return this.#timesMs.length >= MAX_UNREADABLE
  }
}
