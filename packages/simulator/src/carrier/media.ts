/** What the leg of a call is connected to while a verb runs. Called every 20 ms, `play` first. */
export interface Media {
  /** Writes what the phone plays next into `frame`, which comes silent. */
  play (frame: Int16Array): void
  /** What the microphone picked up while `played` was heard. Both are only valid during the call. */
  take (mic: Int16Array, played: Int16Array): void
}

/** Plays samples once; whatever is said meanwhile is not heard. */
export class Prompt implements Media {
  readonly #samples: Int16Array
  readonly #onEnd: () => void
  #at = 0

  constructor (samples: Int16Array, onEnd: () => void) {
    this.#samples = samples
    this.#onEnd = onEnd
  }

  play (frame: Int16Array): void {
    frame.set(this.#samples.subarray(this.#at, this.#at + frame.length))
    this.#at += frame.length
    if (this.#at >= this.#samples.length) this.#onEnd()
  }

  take (): void {}
}

/** The sum of two signals, clamped to 16 bits, written over the first. */
export function mixInto (target: Int16Array, other: Int16Array): void {
  for (let n = 0; n < target.length; n++) target[n] = Math.max(-32_768, Math.min(32_767, target[n]! + other[n]!))
}
