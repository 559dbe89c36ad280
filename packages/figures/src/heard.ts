import { KnownFigures } from './known-figures.ts'
import type { Figure } from './figure.ts'

/** How much of the caller's latest words is read again after each new one, at most: a number may be in pieces. In UTF-16 units. */
const MAX_OPEN = 400
const KEPT = 150
/** Nobody says more between two of these. */
const MAX_FRAGMENT = 1_200

/** The figures in what the caller said, as fragments that come one by one and may be late. */
export class Heard {
  readonly #closed = new KnownFigures()
  #open = ''
  #read: KnownFigures | null = null

  add (fragment: string): void {
    this.#open += fragment.slice(0, MAX_FRAGMENT)
    this.#read = null
    if (this.#open.length <= MAX_OPEN) return
    learn(this.#closed, this.#open)
    this.#open = this.#open.slice(-KEPT).replace(/^\S*/, '')
  }

  /** The clerk begins to speak: what comes now may be something new, or the late rest of a number. */
  turnEnded (): void {
    if (!this.#open.endsWith('\n')) this.add('\n')
  }

  knows (figure: Figure): boolean {
    if (this.#read === null) {
      this.#read = new KnownFigures()
      learn(this.#read, this.#open)
    }
    return this.#read.knows(figure) || this.#closed.knows(figure)
  }
}

function learn (known: KnownFigures, text: string): void {
  known.learnText(text.replaceAll('\n', '. '))
  if (text.includes('\n')) known.learnText(text.replaceAll('\n', ' '))
}
