import { concatSamples } from '@karani/audio'

/** Audio that is kept of one session when asked to: ten minutes at 16 kHz. What comes later is only counted. */
const MAX_KEPT_SAMPLES = 10 * 60 * 16_000

/** The caller audio that reached one session. */
export class HeardAudio {
  readonly #keep: boolean
  #kept: Int16Array[] = []
  #messages = 0
  #base64Length = 0
  #samples = 0

  constructor (keep: boolean) {
    this.#keep = keep
  }

  get messages (): number { return this.#messages }

  /** Characters of base64. */
  get base64Length (): number { return this.#base64Length }

  /** Milliseconds of audio. */
  get ms (): number { return this.#samples / 16 }

  /** Everything heard, at 16 kHz; empty unless the emulator was started with `keepAudio`. */
  samples (): Int16Array {
    this.#kept = [concatSamples(this.#kept)]
    return this.#kept[0]!
  }

  add (base64: string, samples: Int16Array): void {
    this.#messages++
    this.#base64Length += base64.length
    if (this.#keep && this.#samples < MAX_KEPT_SAMPLES) this.#kept.push(samples.slice())
    this.#samples += samples.length
  }
}
