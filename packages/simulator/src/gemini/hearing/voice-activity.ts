import type { Utterance } from '../brain.ts'
import { UtteranceRecorder } from './utterance-recorder.ts'

const FRAME_MS = 20
const FRAME = 320
/** A pause of this length before the start is committed begins the count anew: two knocks are not a word. */
const ONSET_PAUSE_MS = 100

export interface VoiceActivityOptions {
  /** Speech, short pauses left out, before its start is committed. */
  readonly prefixPaddingMs: number
  /** Received silence before the end is committed. */
  readonly silenceDurationMs: number
  /** A frame counts as speech from this level. */
  readonly levelDbfs: number
}

export interface VoiceActivityHandlers {
  /** The start is committed. */
  onStart (): void
  onEnd (utterance: Utterance): void
}

/**
 * Finds the caller's utterances in received audio of 16 kHz. Its only clock is that audio: while nothing is received no time
 * passes, and a caller whose line goes quiet never stops speaking. A knock shorter than `prefixPaddingMs` is not speech.
 */
export class VoiceActivity {
  readonly #options: VoiceActivityOptions
  readonly #handlers: VoiceActivityHandlers
  readonly #recorder = new UtteranceRecorder()
  readonly #frame = new Int16Array(FRAME)
  readonly #threshold: number
  #filled = 0
  #nowMs = 0
  #speaking = false
  #onsetMs = 0
  #voicedMs = 0
  #lastVoicedMs = 0

  constructor (options: VoiceActivityOptions, handlers: VoiceActivityHandlers) {
    this.#options = options
    this.#handlers = handlers
    this.#threshold = (32_768 * 10 ** (options.levelDbfs / 20)) ** 2 * FRAME
  }

  push (samples: Int16Array): void {
    for (let at = 0; at < samples.length;) {
      const piece = samples.subarray(at, at + FRAME - this.#filled)
      this.#frame.set(piece, this.#filled)
      this.#filled += piece.length
      at += piece.length
      if (this.#filled === FRAME) this.#take()
    }
  }

  /** The client says that its audio has ended: an open utterance ends here. */
  endOfStream (): void {
    if (this.#speaking) this.#end()
  }

  #take (): void {
    this.#filled = 0
    this.#nowMs += FRAME_MS
    this.#recorder.push(this.#frame)
    if (isLoud(this.#frame, this.#threshold)) this.#voiced()
    else if (this.#nowMs - this.#lastVoicedMs >= (this.#speaking ? this.#options.silenceDurationMs : ONSET_PAUSE_MS)) this.#silent()
  }

  #voiced (): void {
    if (this.#voicedMs === 0) this.#onsetMs = this.#nowMs - FRAME_MS
    this.#voicedMs += FRAME_MS
    this.#lastVoicedMs = this.#nowMs
    if (this.#speaking || this.#voicedMs < this.#options.prefixPaddingMs) return
    this.#speaking = true
    this.#recorder.begin(this.#onsetMs, this.#nowMs - this.#onsetMs)
    this.#handlers.onStart()
  }

  #silent (): void {
    this.#voicedMs = 0
    if (this.#speaking) this.#end()
  }

  #end (): void {
    this.#speaking = false
    this.#voicedMs = 0
    this.#handlers.onEnd(this.#recorder.end(this.#lastVoicedMs, this.#nowMs - this.#lastVoicedMs))
  }
}

function isLoud (frame: Int16Array, threshold: number): boolean {
  let energy = 0
  for (let n = 0; n < FRAME; n++) energy += frame[n]! * frame[n]!
  return energy >= threshold
}
