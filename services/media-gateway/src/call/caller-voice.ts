import { SpeechDetector } from '@karani/audio'

/** What is measured of the caller's speech, frame by frame. */
export class CallerVoice {
  readonly #speech = new SpeechDetector()
  #turns = 0
  #voicedUntilMs = 0
  /** When the last voiced frame arrived; null once the reply has been timed. */
  #lastVoicedAt: number | null = null

  /** How many times the caller has begun to speak. */
  get turns (): number { return this.#turns }

  /** Takes 20 ms. @returns what begins or has ended with them */
  push (samples: Int16Array): 'caller-speaks' | 'caller-silent' | null {
    const event = this.#speech.push(samples)
    if (event?.type === 'speech-started') this.#turns++
    if (this.#speech.voicedUntilMs > this.#voicedUntilMs) {
      this.#voicedUntilMs = this.#speech.voicedUntilMs
      this.#lastVoicedAt = performance.now()
    }
    if (event === null) return null
    return event.type === 'speech-started' ? 'caller-speaks' : 'caller-silent'
  }

  /** How long ago the caller was last heard; null when a reply has been timed since. */
  takeLatencyMs (): number | null {
    const at = this.#lastVoicedAt
    this.#lastVoicedAt = null
    return at === null ? null : Math.round(performance.now() - at)
  }
}
