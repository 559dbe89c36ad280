import { randomUUID } from 'node:crypto'
import { rms } from '@karani/audio'
import type { Exchange } from '../exchange.ts'
import type { Lifecycle } from '../lifecycle.ts'
import type { Media } from '../media.ts'
import { aborted } from '../pause.ts'
import { FRAME_MS } from '../phone.ts'
import { SampleTrack } from '../sample-track.ts'
import type { SimulatedCall } from '../simulated-call.ts'
import type { VerbOf } from '../voice-actions.ts'
import { encodeFields, post } from '../webhook.ts'

/** Not documented. */
const DEFAULT_SILENCE_S = 5
const DEFAULT_LENGTH_S = 120
/** A microphone below this, in parts of full scale, is silent. */
const SILENCE = 0.003
const ACTION_TIMEOUT_MS = 10_000

/** Records the caller until silence, length, key or hang-up end it, and posts where the recording lies to `action`. */
export async function record (call: SimulatedCall, exchange: Exchange, lifecycle: Lifecycle, verb: VerbOf<'record'>, signal: AbortSignal): Promise<void> {
  const { finishOnKey = '#', maxLength = DEFAULT_LENGTH_S, timeout = DEFAULT_SILENCE_S, action } = verb
  const tape = await new Promise<Tape>(resolve => {
    const tape: Tape = new Tape({ maxMs: maxLength * 1000, silenceMs: timeout * 1000, onFull: () => resolve(tape) })
    const pressed = (): void => { if (call.takeDigits(pressed).includes(finishOnKey)) resolve(tape) }
    pressed()
    call.media = tape
    void aborted(signal).then(() => resolve(tape))
  })
  call.media = null
  call.takeDigits(() => {})
  const id = randomUUID()
  call.kept = { id, caller: tape.track.samples, played: new Int16Array(0) }
  call.log.add({ type: 'recorded', durationMs: tape.durationMs })
  if (action === undefined) return
  const fields = lifecycle.fields('Answered', { recordingUrl: exchange.recordingUrl(id), durationSeconds: Math.round(tape.durationMs / 1000) })
  await post({ url: action, purpose: 'record', ...encodeFields(fields, call.behaviour.voiceBody), secret: lifecycle.statusSecret, timeoutMs: ACTION_TIMEOUT_MS }, call.log, call.behaviour, exchange.closing)
}

class Tape implements Media {
  readonly track = new SampleTrack()
  readonly #limits: { maxMs: number, silenceMs: number, onFull: () => void }
  durationMs = 0
  #quietMs = 0

  constructor (limits: { maxMs: number, silenceMs: number, onFull: () => void }) {
    this.#limits = limits
  }

  play (): void {}

  take (mic: Int16Array): void {
    const { maxMs, silenceMs, onFull } = this.#limits
    if (this.durationMs >= maxMs) return // late ticks come in a row
    this.track.append(mic)
    this.durationMs += FRAME_MS
    this.#quietMs = rms(mic) < SILENCE ? this.#quietMs + FRAME_MS : 0
    if (this.durationMs >= maxMs || (silenceMs > 0 && this.#quietMs >= silenceMs)) onFull()
  }
}
