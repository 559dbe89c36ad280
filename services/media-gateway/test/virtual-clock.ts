import type { Test } from 'tap'

interface Timer { readonly run: () => void, readonly everyMs: number | null, atMs: number }

/** Time that passes only when told to: `performance.now`, time-outs and intervals, until the test ends. */
export class VirtualClock {
  #nowMs = 1_000
  #lastId = 0
  readonly #timers = new Map<number, Timer>()

  constructor (t: Test) {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis
    const now = performance.now
    const replaced = { setTimeout: this.#starter(false), setInterval: this.#starter(true), clearTimeout: this.#clear, clearInterval: this.#clear }
    Object.assign(globalThis, replaced)
    performance.now = () => this.#nowMs
    t.teardown(() => {
      Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval })
      performance.now = now
    })
  }

  get nowMs (): number { return this.#nowMs }
  /** Timers that are still to go off. */
  get pending (): number { return this.#timers.size }

  /** What falls due meanwhile is run in its order, at its time. */
  advance (ms: number): void {
    const untilMs = this.#nowMs + ms
    for (let next = this.#next(untilMs); next !== undefined; next = this.#next(untilMs)) {
      const [id, timer] = next
      this.#nowMs = Math.max(this.#nowMs, timer.atMs)
      if (timer.everyMs === null) this.#timers.delete(id)
      else timer.atMs += timer.everyMs
      timer.run()
    }
    this.#nowMs = untilMs
  }

  #next (untilMs: number): [number, Timer] | undefined {
    return [...this.#timers].filter(([, { atMs }]) => atMs <= untilMs).sort(([, a], [, b]) => a.atMs - b.atMs)[0]
  }

  #starter (repeats: boolean) {
    return (run: () => void, ms = 0) => {
      const id = ++this.#lastId
      this.#timers.set(id, { run, everyMs: repeats ? ms : null, atMs: this.#nowMs + Math.max(1, ms) })
      return { [Symbol.toPrimitive]: () => id, unref () { return this }, ref () { return this } }
    }
  }

  readonly #clear = (timer: unknown): void => { if (timer !== undefined && timer !== null) this.#timers.delete(Number(timer)) }
}
