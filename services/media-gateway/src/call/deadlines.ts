import type { Deadline } from '@karani/call-model'

/** The timers of one call: at most one of each name, all gone with the call. */
export class Deadlines {
  readonly #timers = new Map<Deadline, NodeJS.Timeout>()
  readonly #expired: (deadline: Deadline) => void

  constructor (expired: (deadline: Deadline) => void) { this.#expired = expired }

  arm (deadline: Deadline, ms: number): void {
    clearTimeout(this.#timers.get(deadline))
    this.#timers.set(deadline, setTimeout(() => {
      this.#timers.delete(deadline)
      this.#expired(deadline)
    }, ms))
  }

  clear (): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }
}
