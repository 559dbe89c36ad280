import type { Figure } from './figure.ts'
import { readFigures } from './read-figures.ts'

/** A turn of the clerk that goes on for longer is judged in parts; a part ends with a sentence, or at twice this length. In UTF-16 units. */
const MAX_LENGTH = 2_000

/** What the clerk has said in one turn so far, as fragments that come one by one: which character came when. */
export class Said {
  #text = ''
  #figures: Figure[] | null = null
  readonly #arrivals: Array<{ readonly to: number, readonly atMs: number }> = []
  /** What was judged here. */
  readonly judged = new Set<string>()

  get text (): string { return this.#text }
  /** In all of it; read again only when it has grown. */
  get figures (): readonly Figure[] {
    this.#figures ??= readFigures(this.#text)
    return this.#figures
  }

  get isFull (): boolean { return this.#text.length >= MAX_LENGTH && (this.#text.length >= 2 * MAX_LENGTH || /[.?!]\s*$/.test(this.#text)) }

  add (fragment: string, nowMs: number): void {
    this.#text += fragment
    this.#figures = null
    this.#arrivals.push({ to: this.#text.length, atMs: nowMs })
  }

  /**
   * Since when a figure that ends before `to` has not grown. What follows it may be half of a word that belongs to it: then that
   * counts as growth.
   */
  stillSinceMs (to: number): number {
    const unfinished = /^[\s,-]*((and|na|point)\s+)?[\p{L}\d]*$/iu.test(this.#text.slice(to))
    return (unfinished ? this.#arrivals.at(-1) : this.#arrivals.find(arrival => arrival.to >= to))?.atMs ?? 0
  }

  /** When the fragment came that holds the character before `to`. */
  arrivedAtMs (to: number): number { return this.#arrivals.find(arrival => arrival.to >= to)?.atMs ?? 0 }
}
