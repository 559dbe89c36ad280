/** Remembers finished speech, up to `maxSamples` of it; what was asked for longest ago is forgotten first. Speech in the making is shared. */
export class SpeechCache {
  readonly #maxSamples: number
  readonly #making = new Map<string, Promise<Int16Array>>()
  /** In the order of use. */
  readonly #made = new Map<string, Int16Array>()
  #samples = 0

  constructor ({ maxSamples }: { maxSamples: number }) {
    this.#maxSamples = maxSamples
  }

  async get (key: string, make: () => Promise<Int16Array>): Promise<Int16Array> {
    const made = this.#made.get(key)
    if (made !== undefined) {
      this.#made.delete(key)
      this.#made.set(key, made)
      return made
    }
    const making = this.#making.get(key) ?? this.#make(key, make)
    this.#making.set(key, making)
    return making
  }

  async #make (key: string, make: () => Promise<Int16Array>): Promise<Int16Array> {
    try {
      const made = await make()
      this.#made.set(key, made)
      this.#samples += made.length
      this.#forget()
      return made
    } finally {
      this.#making.delete(key)
    }
  }

  #forget (): void {
    for (const [key, { length }] of this.#made) {
      if (this.#samples <= this.#maxSamples) return
      this.#made.delete(key)
      this.#samples -= length
    }
  }
}
