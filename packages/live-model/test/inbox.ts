/** What arrived and was not asked for yet, and who waits for the next. */
export class Inbox<T> {
  readonly #arrived: T[] = []
  readonly #waiting: Array<(item: T) => void> = []

  put (item: T): void {
    const waiting = this.#waiting.shift()
    if (waiting !== undefined) waiting(item)
    else this.#arrived.push(item)
  }

  async next (): Promise<T> {
    return this.#arrived.length > 0 ? this.#arrived.shift()! : await new Promise(resolve => this.#waiting.push(resolve))
  }

  /** The next one that fits; those before it are lost. */
  async find (fits: (item: T) => boolean): Promise<T> {
    for (;;) {
      const item = await this.next()
      if (fits(item)) return item
    }
  }

  get length (): number { return this.#arrived.length }
}
