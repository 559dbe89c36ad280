import type { Figure } from './figure.ts'
import { Heard } from './heard.ts'
import { KnownFigures } from './known-figures.ts'
import { Said } from './said.ts'

/**
 * A figure is judged this long after its last fragment: a number in pieces has grown to its end by then, and the caller's words,
 * which may come later than the clerk's answer to them, or a tool's result, have been taken in.
 */
export const SETTLE_MS = 1_000
/** Whatever may still come, a figure is judged this long after its last character. */
const LONGEST_MS = 1_800
/** Nobody reads a text of so many figures; what comes beyond is not reported. */
const MAX_UNTRUTHS = 200
/** A clerk that takes a figure back has to name it. */
const TAKES_BACK = /\b(sorry|apolog\w+|wrong(ly)?|mistake|mistaken|incorrect|not (right|correct)|correct(ion|ing)?|disregard|misspoke|samahani|kosa|nimekosea|si sahihi|sio|radhi)\b/i

/** A figure that was spoken and that nobody had given. */
export interface UntrueFigure {
  /** As it was said. */
  readonly text: string
  readonly currency: boolean
  /** Money, and not told of before in this call: the clerk has to take it back. */
  readonly isNews: boolean
}

/**
 * Compares every figure that the clerk speaks in one call with those that tools returned, the caller said, or the clerk was told
 * beforehand. There is no tolerance: an amount that is rounded, or a sum of known ones, is not known. Pure: time is passed in.
 */
export class FigureMonitor {
  readonly #known = new KnownFigures()
  readonly #heard = new Heard()
  readonly #reported = new Set<string>()
  #untruths = 0
  #said: Said[] = []
  #open: Said | null = null
  #dueAtMs: number | null = null

  /** When to ask `judge` again, on the clock of the fragments; null while nothing waits. */
  get dueAtMs (): number | null { return this.#dueAtMs }

  /** A tool's result as the model was given it, or a text that it was told. */
  learn (value: unknown): void { this.#known.learn(value) }

  callerSaid (fragment: string): void { this.#heard.add(fragment) }

  clerkSaid (fragment: string, nowMs: number): void {
    if (fragment === '') return
    if (this.#open === null) {
      this.#heard.turnEnded()
      this.#open = new Said()
      this.#said.push(this.#open)
    }
    this.#open.add(fragment, nowMs)
    if (this.#open.isFull) this.#open = null
    this.#dueAtMs ??= nowMs + SETTLE_MS
  }

  /** The turn is complete or was cut: what is said next begins anew. */
  clerkTurnEnded (): void { this.#open = null }

  /** What was said until `SETTLE_MS` before `nowMs` and is not known; all that was said, with `nowMs` at infinity. */
  judge (nowMs: number): UntrueFigure[] {
    this.#dueAtMs = null
    const untrue: UntrueFigure[] = []
    this.#said = this.#said.filter(said => {
      const { settled, waiting } = this.#sorted(said, nowMs)
      untrue.push(...settled.flatMap(figure => this.#isKnown(figure) ? [] : this.#report(figure, said.text)))
      return waiting || said === this.#open
    })
    return untrue
  }

  /** Figures not judged before, of which nothing more can come; and whether there are others. */
  #sorted (said: Said, nowMs: number): { settled: Figure[], waiting: boolean } {
    const settled: Figure[] = []
    let waiting = false
    for (const figure of said.figures) {
      const key = `${figure.from} ${nameOf(figure)}`
      if (said.judged.has(key)) continue
      const dueAtMs = Math.min(said.stillSinceMs(figure.to) + SETTLE_MS, said.arrivedAtMs(figure.to) + LONGEST_MS)
      if (dueAtMs > nowMs) {
        waiting = true
        this.#dueAtMs = Math.min(this.#dueAtMs ?? Infinity, dueAtMs)
      } else {
        said.judged.add(key)
        settled.push(figure)
      }
    }
    return { settled, waiting }
  }

  #isKnown (figure: Figure): boolean { return this.#known.knows(figure) || this.#heard.knows(figure) }

  #report (figure: Figure, context: string): UntrueFigure[] {
    const name = nameOf(figure)
    const isKnownLie = this.#reported.has(name)
    if ((isKnownLie && TAKES_BACK.test(context)) || this.#untruths >= MAX_UNTRUTHS) return []
    this.#untruths++
    this.#reported.add(name)
    const currency = figure.kind === 'money'
    return [{ text: figure.text, currency, isNews: currency && !isKnownLie }]
  }
}

/** The same for the same amount in other words. */
const nameOf = ({ kind, readings, digits }: Figure): string => `${kind === 'money' ? 'money' : 'other'} ${readings.length === 0 ? digits : readings[0]!.join(' ')}`
