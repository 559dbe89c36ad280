import { Playout, Resampler, samplesOf } from '@karani/audio'
import type { Clip } from '@karani/call-model'
import type { CarrierLeg } from './carrier-leg.ts'
import type { RecordedClip } from './clips.ts'
import type { Recorder } from './recorder.ts'

const CARRIER_RATE_HZ = 16_000
/** The model speaks several times faster than real time: this much of one reply may wait, 3.8 MB. */
const MAX_QUEUED_MS = 120_000
/** What is queued under a turn is flushed with it and with those behind it. Clips come first, but for the filler: a barge-in does not cut them. */
const CLIP_TURN = 0
const FILLER_TURN = 1
const FIRST_TURN = 2

/** How much of the latest turn was heard, and how much will not be. */
export interface Cut { readonly heardMs: number, readonly droppedMs: number }
const NOTHING: Cut = { heardMs: 0, droppedMs: 0 }

/** What the caller hears: the model's speech, resampled and queued by turn, and recorded clips, paced toward the carrier. */
export class ClerkVoice {
  readonly #leg: CarrierLeg
  readonly #recorder: Recorder | null
  readonly #playout = new Playout({ sampleRateHz: CARRIER_RATE_HZ, maxQueuedMs: MAX_QUEUED_MS })
  #resampler: Resampler | null = null
  #turn = FIRST_TURN

  constructor (leg: CarrierLeg, recorder: Recorder | null) {
    this.#leg = leg
    this.#recorder = recorder
  }

  /** Queues speech of the model's turn. @returns whether all of it found room */
  say (pcm: Uint8Array, rateHz: number): boolean {
    this.#resampler ??= new Resampler({ fromHz: rateHz, toHz: CARRIER_RATE_HZ })
    return this.#enqueue(this.#resampler.push(samplesOf(pcm)))
  }

  /** No more of the model's turn comes for now. @returns whether all of it found room */
  pause (): boolean {
    const fits = this.#resampler === null || this.#enqueue(this.#resampler.flush())
    this.#resampler = null
    this.#playout.endTurn(this.#turn)
    return fits
  }

  /** What is said from now on is another turn. */
  turnComplete (): void { this.#turn++ }

  /** Plays a clip instead of whatever is playing, which is cut. */
  play (clip: Clip, { samples }: RecordedClip): Cut {
    const turn = clip === 'one-moment' ? FILLER_TURN : CLIP_TURN
    const cut = this.#playout.isDrained(performance.now()) ? NOTHING : this.#flush(CLIP_TURN)
    this.#resampler = null
    this.#playout.enqueue(samples, turn)
    this.#playout.endTurn(turn)
    return cut
  }

  /** Cuts everything but clips that have to be heard. */
  cut (): Cut { return this.#flush(FILLER_TURN) }

  /** Cuts the filler while it is what is playing: nobody has to know how much of it was heard. */
  cutFiller (): void { this.#flush(FILLER_TURN) }

  /** Sends what is due. @returns whether everything has been played, also what the carrier holds */
  send (nowMs: number): boolean {
    const pcm = this.#playout.due(nowMs)
    if (pcm !== null) {
      this.#leg.send(pcm)
      this.#recorder?.clerk(samplesOf(pcm))
    }
    return this.#playout.isDrained(nowMs)
  }

  #enqueue (samples: Int16Array): boolean { return this.#playout.enqueue(samples, this.#turn) === 0 }

  #flush (fromTurn: number): Cut {
    this.#resampler = null
    const { heardMs, droppedMs, padding } = this.#playout.flush(performance.now(), fromTurn)
    if (padding !== null) {
      this.#leg.send(padding)
      this.#leg.killAudio()
      this.#recorder?.cut()
    }
    return { heardMs, droppedMs }
  }
}
