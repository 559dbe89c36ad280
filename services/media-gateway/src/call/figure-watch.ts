import { FigureMonitor, type UntrueFigure } from '@karani/figures'

/** A model that does not stop inventing figures is not told for ever: it would speak of nothing else. */
const MAX_CORRECTIONS = 5
/** Of the clerk's own words, as they are repeated to it. */
const MAX_TEXT = 80

export interface FigureWatchPorts {
  /** `correction`: `correct` was asked for as well. */
  untrue (figure: { text: string, currency: boolean, correction: boolean }): void
  /** Tell the model to take a figure back. */
  correct (instruction: string): void
}

/** Watches the figures that the clerk of one call speaks, and has untrue amounts taken back aloud: each once, a few in a call. */
export class FigureWatch {
  readonly #ports: FigureWatchPorts
  readonly #monitor = new FigureMonitor()
  #timer: NodeJS.Timeout | undefined
  #corrections = 0
  #closed = false

  constructor (ports: FigureWatchPorts) { this.#ports = ports }

  /** What the model was given: the result of a tool, a text. */
  learn (value: unknown): void { this.#monitor.learn(value) }
  callerSaid (fragment: string): void { this.#monitor.callerSaid(fragment) }
  clerkTurnEnded (): void { this.#monitor.clerkTurnEnded() }

  clerkSaid (fragment: string): void {
    this.#monitor.clerkSaid(fragment, performance.now())
    this.#arm()
  }

  /** The call is over: what was said last is judged now. */
  close (): void {
    clearTimeout(this.#timer)
    this.#closed = true
    for (const figure of this.#monitor.judge(Infinity)) this.#report(figure)
  }

  #arm (): void {
    const dueAtMs = this.#monitor.dueAtMs
    if (this.#timer !== undefined || dueAtMs === null || this.#closed) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      for (const figure of this.#monitor.judge(performance.now())) this.#report(figure)
      this.#arm()
    }, Math.max(1, dueAtMs - performance.now()))
  }

  #report ({ text: said, currency, isNews }: UntrueFigure): void {
    const text = said.slice(0, MAX_TEXT)
    const correction = isNews && !this.#closed && this.#corrections < MAX_CORRECTIONS
    this.#ports.untrue({ text, currency, correction })
    if (!correction) return
    this.#corrections++
    this.#ports.correct(`You said "${text}". No tool returned that figure, and the caller did not name it. ` +
      'Correct yourself now, in the language of the call: say that this figure was wrong, and give only figures that tools returned in this call.')
  }
}
