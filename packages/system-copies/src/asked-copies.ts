import type { CopyAge, CopyQuery } from '@karani/records'
import { isFresh } from './copy-age.ts'

/** Facts of one kind: where they are asked for, and where they are kept. */
export interface AskedFacts<Facts> {
  /** Null when there are none. */
  ask (query: CopyQuery): Promise<Facts | null>
  ageOf (key: string | null): Promise<CopyAge>
  keep (query: CopyQuery, facts: Facts | null, when: { readonly seenAt: Date, readonly at: Date }): Promise<void>
  readonly now: () => Date
}

/** Copies that are asked for again before they are used. Rejects with SYSTEM_UNAVAILABLE when no usable answer came. */
export class AskedCopies<Facts> {
  readonly #facts: AskedFacts<Facts>

  constructor (facts: AskedFacts<Facts>) { this.#facts = facts }

  /** Asks, whatever there is. Known or unknown, the way is the same, and takes as long. */
  async ask (query: CopyQuery): Promise<void> {
    const { seenAt } = await this.#facts.ageOf(null)
    await this.#ask(query, seenAt)
  }

  /** Asks, unless the copy is young enough. */
  async refresh (key: string): Promise<void> {
    const { copiedAt, seenAt } = await this.#facts.ageOf(key)
    if (!isFresh(copiedAt, this.#facts.now())) await this.#ask({ key }, seenAt)
  }

  async #ask (query: CopyQuery, seenAt: Date): Promise<void> {
    const at = this.#facts.now() // before the question: the copy is at least as young
    const facts = await this.#facts.ask(query)
    await this.#facts.keep(query, facts, { seenAt, at })
  }
}
