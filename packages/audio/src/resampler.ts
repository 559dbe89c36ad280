import { polyphaseFilter, TAPS_PER_PHASE, type PolyphaseFilter } from './polyphase-filter.ts'

const HALF = TAPS_PER_PHASE / 2
/** Input that is worked on at once. A stream so needs the same memory however large its chunks are. */
const BLOCK = 1_024

/**
 * Changes the sample rate of one stream, band-limited: what the new rate cannot carry is filtered out and does not fold back.
 * The output is the same however the input is cut into chunks. It is aligned in time with the input: `n` samples in give
 * `ceil(n * toHz / fromHz)` out, the last millisecond of them on `flush`. Samples beyond 16 bits are clamped.
 * @throws RangeError if a rate is not a positive whole number
 */
export class Resampler {
  readonly #filter: PolyphaseFilter
  /** Input not yet done with, fewer samples than a phase has taps, and room for a block. */
  readonly #line = new Float64Array(TAPS_PER_PHASE + BLOCK)
  #filled = 0
  /** The next output's; its first tap lies at the beginning of `#line`. */
  #phase = 0
  readonly #sums = new Float64Array(BLOCK + 1)
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
    this.#convolve(new Int16Array(HALF), rest)
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
    this.#line.set(block, this.#filled)
    for (let first = 0; first < up && first < length; first++) {
      const position = this.#phase + first * down
      const phase = position % up
      const row = rows.subarray(phase * TAPS_PER_PHASE, (phase + 1) * TAPS_PER_PHASE)
      const sums = this.#sums.subarray(0, Math.ceil((length - first) / up))
      dotProducts(row, this.#line.subarray(Math.floor(position / up)), down, sums)
      for (let k = 0; k < sums.length; k++) output[first + k * up] = Math.max(-32_768, Math.min(32_767, Math.round(sums[k]!)))
    }
    const end = this.#phase + length * down
    const done = Math.floor(end / up)
    this.#line.copyWithin(0, done, this.#filled + block.length)
    this.#filled += block.length - done
    this.#phase = end % up
    this.#given += length
    return length
  }
}

/** `row` times each of the windows that begin `step` samples apart. Eight taps a pass: so many coefficients stay in registers. */
function dotProducts (row: Float64Array, windows: Float64Array, step: number, sums: Float64Array): void {
  sums.fill(0)
  for (let tap = 0; tap < row.length; tap += 8) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = row.subarray(tap)
    for (let k = 0, at = tap; k < sums.length; k++, at += step) {
      sums[k]! += windows[at]! * a + windows[at + 1]! * b + windows[at + 2]! * c + windows[at + 3]! * d +
        windows[at + 4]! * e + windows[at + 5]! * f + windows[at + 6]! * g + windows[at + 7]! * h
    }
  }
}
