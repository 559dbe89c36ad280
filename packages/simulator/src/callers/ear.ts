import { rms } from '@karani/audio'
import { FRAME_MS } from '../carrier/phone.ts'

/** Speech is louder than this part of full scale; the simulated line has no noise. */
const SPEECH = 0.003

/** Follows whether the other side speaks. */
export class Ear {
  #spokenMs = 0
  #quietMs = 0

  push (heard: Int16Array): void {
    if (rms(heard) > SPEECH) {
      this.#spokenMs += FRAME_MS
      this.#quietMs = 0
    } else {
      this.#quietMs += FRAME_MS
    }
  }

  /** What was heard so far does not count. */
  forget (): void {
    this.#spokenMs = 0
    this.#quietMs = 0
  }

  /** For how long speech has been heard since the last `forget`, pauses left out. */
  get spokenMs (): number { return this.#spokenMs }
  /** For how long nothing has been heard. */
  get quietMs (): number { return this.#quietMs }
}
