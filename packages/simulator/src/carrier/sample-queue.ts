/** First in, first out, without a limit: the carrier's playout buffer grows as long as audio comes faster than real time. */
export class SampleQueue {
  #ring = new Int16Array(4096)
  #head = 0
  #length = 0

  get length (): number { return this.#length }

  push (samples: Int16Array): void {
    if (this.#length + samples.length > this.#ring.length) this.#grow(this.#length + samples.length)
    const tail = (this.#head + this.#length) % this.#ring.length
    const beforeWrap = Math.min(samples.length, this.#ring.length - tail)
    this.#ring.set(samples.subarray(0, beforeWrap), tail)
    this.#ring.set(samples.subarray(beforeWrap), 0)
    this.#length += samples.length
  }

  /** Moves at most `target.length` samples to the front of `target` and returns how many. */
  shiftInto (target: Int16Array): number {
    const count = Math.min(target.length, this.#length)
    const beforeWrap = Math.min(count, this.#ring.length - this.#head)
    target.set(this.#ring.subarray(this.#head, this.#head + beforeWrap))
    target.set(this.#ring.subarray(0, count - beforeWrap), beforeWrap)
    this.#head = (this.#head + count) % this.#ring.length
    this.#length -= count
    return count
  }

  clear (): void {
    this.#head = 0
    this.#length = 0
  }

  #grow (needed: number): void {
    const bigger = new Int16Array(Math.max(this.#ring.length * 2, needed))
    const length = this.shiftInto(bigger)
    this.#ring = bigger
    this.#head = 0
    this.#length = length
  }
}
