/** A recording that grows at its end. */
export class SampleTrack {
  #store = new Int16Array(16_384)
  #length = 0

  append (samples: Int16Array): void {
    if (this.#length + samples.length > this.#store.length) {
      const longer = new Int16Array(Math.max(this.#store.length * 2, this.#length + samples.length))
      longer.set(this.samples)
      this.#store = longer
    }
    this.#store.set(samples, this.#length)
    this.#length += samples.length
  }

  /** All samples so far: a view, do not write to it. */
  get samples (): Int16Array { return this.#store.subarray(0, this.#length) }
}
