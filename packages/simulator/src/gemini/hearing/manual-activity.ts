import { UtteranceRecorder } from './utterance-recorder.ts'
import type { VoiceActivityHandlers } from './voice-activity.ts'

const SAMPLES_PER_MS = 16

/** Utterances as the client marks them, when automatic detection is disabled. Audio between two marks is dropped. */
export class ManualActivity {
  readonly #handlers: VoiceActivityHandlers
  readonly #recorder = new UtteranceRecorder()
  #open = false
  #samples = 0

  constructor (handlers: VoiceActivityHandlers) {
    this.#handlers = handlers
  }

  push (samples: Int16Array): void {
    this.#samples += samples.length
    if (this.#open) this.#recorder.push(samples)
  }

  start (): void {
    if (this.#open) return
    this.#open = true
    this.#recorder.forget()
    this.#recorder.begin(this.#samples / SAMPLES_PER_MS, 0)
    this.#handlers.onStart()
  }

  end (): void {
    if (!this.#open) return
    this.#open = false
    this.#handlers.onEnd(this.#recorder.end(this.#samples / SAMPLES_PER_MS, 0))
  }
}
