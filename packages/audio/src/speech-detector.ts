/** Below this, in parts of full scale (-50 dBFS), nothing is speech: line noise and comfort noise live there. */
const QUIET = 0.003
/** Speech is at least this many times as strong as the noise under it (power; 9 dB). */
const ABOVE_NOISE = 8
/** The noise floor is the quietest frame of the last 0.75 to 1.5 s: speech has pauses within that, a hum has none. */
const FLOOR_WINDOW_MS = 750

export interface SpeechEvent {
  readonly type: 'speech-started' | 'speech-stopped'
  /** Where speech began, or its last voiced frame ended, in milliseconds of the stream. */
  readonly atMs: number
}

/**
 * Finds where somebody speaks in a stream of frames, by energy above an adaptive noise floor.
 * Speech starts when `startMs` are voiced without a gap and stops after `stopMs` without a voiced frame.
 * A hum that sets in is taken for speech until the noise floor has risen to it, at most 1.5 s.
 */
export class SpeechDetector {
  readonly #frameMs: number
  readonly #startMs: number
  readonly #stopMs: number
  #nowMs = 0
  #runMs = 0
  #speaking = false
  #voicedUntilMs = 0
  #floor = Infinity
  #nextFloor = Infinity
  #nextFloorMs = 0

  constructor ({ frameMs = 20, startMs = 60, stopMs = 500 }: { frameMs?: number, startMs?: number, stopMs?: number } = {}) {
    this.#frameMs = frameMs
    this.#startMs = startMs
    this.#stopMs = stopMs
  }

  get speaking (): boolean { return this.#speaking }

  /** Where the last voiced frame of speech ended, in milliseconds of the stream. */
  get voicedUntilMs (): number { return this.#voicedUntilMs }

  /** Takes `frameMs` of audio at any sample rate. */
  push (frame: Int16Array): SpeechEvent | null {
    const voiced = this.#isVoiced(powerOf(frame))
    this.#nowMs += this.#frameMs
    this.#runMs = voiced ? this.#runMs + this.#frameMs : 0
    if (this.#speaking) {
      if (voiced) this.#voicedUntilMs = this.#nowMs
      if (this.#nowMs - this.#voicedUntilMs < this.#stopMs) return null
      this.#speaking = false
      return { type: 'speech-stopped', atMs: this.#voicedUntilMs }
    }
    if (this.#runMs < this.#startMs) return null
    this.#speaking = true
    this.#voicedUntilMs = this.#nowMs
    return { type: 'speech-started', atMs: this.#nowMs - this.#runMs }
  }

  #isVoiced (power: number): boolean {
    this.#nextFloorMs += this.#frameMs
    if (this.#nextFloorMs > FLOOR_WINDOW_MS) {
      this.#floor = this.#nextFloor
      this.#nextFloor = Infinity
      this.#nextFloorMs = this.#frameMs
    }
    this.#nextFloor = Math.min(this.#nextFloor, power)
    return power > QUIET * QUIET && power > ABOVE_NOISE * Math.min(this.#floor, this.#nextFloor)
  }
}

/** Per frame. Two squares fit into 32 bits without a sign: added in pairs, as integers, they take half the time. */
function powerOf (frame: Int16Array): number {
  let energy = 0
  for (let n = 0; n < frame.length; n += 2) energy += (Math.imul(frame[n]!, frame[n]!) + Math.imul(frame[n + 1]!, frame[n + 1]!)) >>> 0
  return energy / Math.max(1, frame.length) / 32_768 ** 2
}
