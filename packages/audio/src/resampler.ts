import { convolveRow, firOutput, firWindow } from './fir-kernel.ts'
import { polyphaseFilter, TAPS_PER_PHASE, type PolyphaseFilter } from './polyphase-filter.ts'

const HALF = TAPS_PER_PHASE / 2
/** Input that is worked on at once: together with what a stream keeps, what the kernel's window holds. */
const BLOCK = 1_024
const SILENCE = new Int16Array(HALF)

/**
 * Changes the sample rate of one stream, band-limited: what the new rate cannot carry is filtered out and does not fold back.
 * The output is the same however the input is cut into chunks. It is aligned in time with the input: `n` samples in give
 * `ceil(n * toHz / fromHz)` out, the last millisecond of them on `flush`. Samples beyond 16 bits are clamped.
 * @throws RangeError if a rate is not a positive whole number
 */
export class Resampler {
  readonly #filter: PolyphaseFilter
  /** Input not yet done with: fewer samples than a phase has taps, and in a flush the silence after them. */
  readonly #line = new Int16Array(2 * TAPS_PER_PHASE)
  #filled = 0
  /** The next output's; its first tap lies at the beginning of `#line`. */
  #phase = 0
  /** Input samples since `reset`, and output samples given for them. */
  #taken = 0
  #given = 0

  constructor ({ fromHz, toHz }: { fromHz: number, toHz: number }) {
    this.#filter = polyphaseFilter(fromHz, toHz)
    this.reset()
  }

  /** The output that `samples` complete, newly allocated. */
  push (samples: Int16Array): Int16Array {
    const output = new Int16Array(this.#completedBy(samples.length))
    this.#taken += samples.length
    let written = 0
    for (let at = 0; at < samples.length; at += BLOCK) {
      written += this.#convolve(samples.subarray(at, at + BLOCK), output.subarray(written))
    }
    return output
  }

  /** The rest of the output, as if silence followed; afterwards the stream is new. */
  flush (): Int16Array {
    const { up, down } = this.#filter
    const rest = new Int16Array(Math.ceil(this.#taken * up / down) - this.#given)
    this.#convolve(SILENCE, rest)
    this.reset()
    return rest
  }

  /** Forgets the stream, as on a barge-in: nothing of it sounds in the next one. */
  reset (): void {
    this.#line.fill(0, 0, HALF - 1)
    this.#filled = HALF - 1
    this.#phase = 0
    this.#taken = 0
    this.#given = 0
  }

  /** How many outputs have all their input once so many more samples are there. */
  #completedBy (samples: number): number {
    const { up, down } = this.#filter
    const starts = this.#filled + samples - TAPS_PER_PHASE + 1
    return Math.max(0, Math.floor((starts * up - 1 - this.#phase) / down) + 1)
  }

  /** Takes a block, and writes what it completes, as far as `output` goes. Every `up`th output has the same phase. @returns how many were written */
  #convolve (block: Int16Array, output: Int16Array): number {
    const { up, down, rows } = this.#filter
    const length = Math.min(output.length, this.#completedBy(block.length))
    const filled = this.#filled + block.length
    firWindow.set(this.#line.subarray(0, this.#filled))
    firWindow.set(block, this.#filled)
    for (let first = 0; first < up && first < length; first++) {
      const position = this.#phase + first * down
      convolveRow(rows[position % up]!, { from: Math.floor(position / up), step: down, first, every: up, count: Math.ceil((length - first) / up) })
    }
    output.set(firOutput.subarray(0, length))
    const end = this.#phase + length * down
    const done = Math.floor(end / up)
    this.#line.set(firWindow.subarray(done, filled))
    this.#filled = filled - done
    this.#phase = end % up
    this.#given += length
    return length
  }
}
