/** When the simulated M-Pesa does things. */
export interface Clock {
  now (): Date
  /** Runs once, `ms` from now. Returns what keeps it from running. */
  after (ms: number, run: () => void | Promise<void>): () => void
}

export const wallClock: Clock = {
  now: () => new Date(),
  after: (ms, run) => {
    const timer = setTimeout(() => { void run() }, ms)
    return () => clearTimeout(timer)
  }
}

interface Task { readonly atMs: number, readonly run: () => void | Promise<void> }

/** Stands still until it is told how much time has passed: no test waits for a person who takes a minute. */
export class ManualClock implements Clock {
  #nowMs: number
  readonly #tasks = new Set<Task>()

  constructor (start: Date) { this.#nowMs = start.getTime() }

  now (): Date { return new Date(this.#nowMs) }

  after (ms: number, run: () => void | Promise<void>): () => void {
    const task = { atMs: this.#nowMs + Math.max(0, ms), run }
    this.#tasks.add(task)
    return () => { this.#tasks.delete(task) }
  }

  /** Whatever is due meanwhile is done in its order, one after the other, and is complete when this resolves. */
  async advance (ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    for (let task = this.#first(untilMs); task !== undefined; task = this.#first(untilMs)) {
      this.#tasks.delete(task)
      this.#nowMs = task.atMs
      await task.run()
    }
    this.#nowMs = untilMs
  }

  #first (untilMs: number): Task | undefined {
    return [...this.#tasks].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
  }
}
