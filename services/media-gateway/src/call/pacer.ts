/** Something that sends a little audio at each tick, until it says that it has nothing left. */
export interface Paced {
  /** @returns whether it wants the next tick too */
  tick (nowMs: number): boolean
  /** Its tick threw: it gets no other, and the calls beside it are ticked on. */
  tickFailed (err: unknown): void
}

/**
 * The clock that paces every call of this process. Ticks are at absolute multiples of `tickMs` from its start, so lateness
 * of one tick does not add up; a late tick finds the calls owing more audio, and they send it. Idle without calls.
 */
export class Pacer {
  readonly #tickMs: number
  readonly #paced = new Set<Paced>()
  #timer: NodeJS.Timeout | null = null
  #startedAt = 0
  #ticks = 0

  constructor (tickMs = 20) { this.#tickMs = tickMs }

  /** Ticks `paced` now, in between if it is ticked already, and from now on until it has nothing left. */
  add (paced: Paced): void {
    const now = performance.now()
    this.#paced.add(paced)
    this.#tickOne(paced, now)
    if (this.#timer !== null || this.#paced.size === 0) return
    this.#startedAt = now
    this.#ticks = 0
    this.#schedule()
  }

  remove (paced: Paced): void { this.#paced.delete(paced) }

  #schedule (): void {
    const now = performance.now()
    this.#ticks = Math.max(this.#ticks + 1, Math.ceil((now - this.#startedAt) / this.#tickMs))
    this.#timer = setTimeout(() => this.#tick(), this.#startedAt + this.#ticks * this.#tickMs - now)
  }

  #tick (): void {
    const now = performance.now()
    for (const paced of this.#paced) this.#tickOne(paced, now)
    if (this.#paced.size === 0) this.#timer = null
    else this.#schedule()
  }

  #tickOne (paced: Paced, now: number): void {
    try {
      if (!paced.tick(now)) this.#paced.delete(paced)
    } catch (err) {
      this.#paced.delete(paced)
      paced.tickFailed(err)
    }
  }
}
