const NO_BYTES = new Uint8Array(0)

/**
 * Cuts a PCM byte stream into frames of equal length.
 * Input: chunks of any length, signed 16-bit little-endian mono; a chunk may end in the middle of a sample.
 * Output: frames of exactly `sampleRateHz * frameMs / 1000` samples, 2 bytes each (20 ms at 16 kHz: 640 bytes).
 * The remainder waits for the next `push`. Frames may share memory with the chunk: do not write to them.
 * @throws RangeError if a frame would not be a whole number of samples
 */
export class PcmFramer {
  readonly frameBytes: number
  #rest: Uint8Array = NO_BYTES

  constructor ({ sampleRateHz, frameMs }: { sampleRateHz: number, frameMs: number }) {
    const frameSamples = sampleRateHz * frameMs / 1000
    if (!Number.isInteger(frameSamples) || frameSamples < 1) throw new RangeError(`${frameMs} ms at ${sampleRateHz} Hz is not a whole number of samples`)
    this.frameBytes = frameSamples * 2
  }

  push (chunk: Uint8Array): Uint8Array[] {
    if (chunk.length === this.frameBytes && this.#rest.length === 0) return [chunk] // as carriers send them
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const frames: Uint8Array[] = []
    let at = 0
    for (; at + this.frameBytes <= bytes.length; at += this.frameBytes) frames.push(bytes.subarray(at, at + this.frameBytes))
    this.#rest = at === bytes.length ? NO_BYTES : bytes.slice(at)
    return frames
  }

  /** Forgets the remainder. */
  reset (): void {
    this.#rest = NO_BYTES
  }
}
