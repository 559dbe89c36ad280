/** In samples; a power of two. */
const FIRST_CAPACITY = 4_096
/** Room for more than this, 4 s at 16 kHz, is given back once the queue is empty: a call has one long opening. */
const KEPT_CAPACITY = 65_536

/**
 * Samples, first in, first out, in memory of its own that is used again and again: a call's speech passes through a few buffers
 * for as long as it lasts. Chunks that wait on the heap's outside until they are played cost a whole garbage collection
 * every two seconds with a hundred calls.
 */
export class SampleQueue {
  #ring = new Int16Array(FIRST_CAPACITY)
  #head = 0
  #length = 0

  get length (): number { return this.#length }

  /** Adds a copy of `samples`. */
  push (samples: Int16Array): void {
    this.#makeRoomFor(this.#length + samples.length)
    const at = (this.#head + this.#length) % this.#ring.length
    const untilEnd = this.#ring.length - at
    this.#ring.set(samples.subarray(0, untilEnd), at)
    if (samples.length > untilEnd) this.#ring.set(samples.subarray(untilEnd), 0)
    this.#length += samples.length
  }

  /**
   * Fills `output` with the oldest samples and removes them.
   * @throws RangeError when there are fewer
   */
  shift (output: Int16Array): void {
    if (output.length > this.#length) throw new RangeError(`${output.length} of ${this.#length} samples`)
    this.#copyTo(output)
    this.#head = (this.#head + output.length) % this.#ring.length
    this.#length -= output.length
    if (this.#length === 0) this.clear()
  }

  clear (): void {
    this.#head = 0
    this.#length = 0
    if (this.#ring.length > KEPT_CAPACITY) this.#ring = new Int16Array(FIRST_CAPACITY)
  }

  #copyTo (output: Int16Array): void {
    const first = this.#ring.subarray(this.#head, this.#head + output.length)
    output.set(first)
    if (first.length < output.length) output.set(this.#ring.subarray(0, output.length - first.length), first.length)
  }

  #makeRoomFor (length: number): void {
    let capacity = this.#ring.length
    if (length <= capacity) return
    while (capacity < length) capacity *= 2
    const ring = new Int16Array(capacity)
    this.#copyTo(ring.subarray(0, this.#length))
    this.#ring = ring
    this.#head = 0
  }
}
