/** Two seconds of 16-bit mono at 16 kHz. */
const MAX_PENDING_BYTES = 2 * 32_000

/** Caller audio from before the session is set up. At its bound the oldest frame goes. */
export class PendingAudio {
  #frames: Uint8Array[] = []
  #bytes = 0

  /** Copies `pcm`: the caller of `push` may reuse it. */
  push (pcm: Uint8Array): void {
    this.#frames.push(pcm.slice())
    this.#bytes += pcm.byteLength
    while (this.#bytes > MAX_PENDING_BYTES) this.#bytes -= this.#frames.shift()!.byteLength
  }

  /** Everything kept, oldest first; nothing is left. */
  take (): Uint8Array[] {
    const frames = this.#frames
    this.#frames = []
    this.#bytes = 0
    return frames
  }
}
