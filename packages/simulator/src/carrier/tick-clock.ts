import { FRAME_MS } from './phone.ts'

export interface Ticking {
  /** 20 ms have passed. */
  tick (): void
}

/**
 * One clock for all calls. Each ticks every 20 ms from the millisecond in which it joined, so that calls do not all speak
 * at once. Time is counted from one instant and a late tick is made up for: after any time the number of ticks is right.
 */
export class TickClock {
  readonly #now: () => number
  readonly #originMs: number
  /** Members by the millisecond of the 20 in which they tick. */
  readonly #phases = Array.from({ length: FRAME_MS }, () => new Set<Ticking>())
  /** The next millisecond to be done, since the origin. */
  #nextMs = 0
  /** Undefined while nobody is there. */
  #timer: NodeJS.Timeout | undefined

  constructor (now: () => number = () => performance.now()) {
    this.#now = now
    this.#originMs = now()
  }

  add (member: Ticking): void {
    this.#run()
    this.#phaseOf(this.#nextMs - 1).add(member)
    this.#arm()
  }

  remove (member: Ticking): void {
    for (const phase of this.#phases) phase.delete(member)
    this.#arm()
  }

  /** Does every millisecond that has passed; those in which nobody was there are skipped. */
  #run (): void {
    const elapsedMs = Math.floor(this.#now() - this.#originMs)
    if (this.#timer === undefined) this.#nextMs = elapsedMs + 1
    while (this.#nextMs <= elapsedMs) {
      for (const member of this.#phaseOf(this.#nextMs++)) member.tick()
    }
  }

  /** Sleeps until the next millisecond in which somebody ticks; for ever when there is nobody. */
  #arm (): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (let ms = this.#nextMs; ms < this.#nextMs + FRAME_MS; ms++) {
      if (this.#phaseOf(ms).size === 0) continue
      this.#timer = setTimeout(() => {
        this.#run()
        this.#arm()
      }, Math.max(0, this.#originMs + ms - this.#now()))
      return
    }
  }

  #phaseOf (ms: number): Set<Ticking> {
    return this.#phases[ms % FRAME_MS]!
  }
}
