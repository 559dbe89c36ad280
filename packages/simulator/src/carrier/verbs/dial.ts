import { randomUUID } from 'node:crypto'
import type { Exchange } from '../exchange.ts'
import type { Media } from '../media.ts'
import { aborted, pause } from '../pause.ts'
import { FRAME_MS, FRAME_SAMPLES, type Phone } from '../phone.ts'
import type { SimulatedCall } from '../simulated-call.ts'
import type { VerbOf } from '../voice-actions.ts'

/** "PBX default" is all that is documented. */
const DEFAULT_TIMEOUT_S = 30

/** Rings the numbers, all at once. When one picks up the two talk until either hangs up, and the call ends; else the next verb runs. */
export async function dial (call: SimulatedCall, exchange: Exchange, verb: VerbOf<'dial'>, signal: AbortSignal): Promise<void> {
  const numbers = verb.numbers ?? [verb.number!]
  const from = verb.callerId ?? call.localNumber
  const stopRinging = new AbortController()
  const ringing = AbortSignal.any([signal, stopRinging.signal])
  const timeoutMs = (verb.timeout === undefined || verb.timeout === 0 ? DEFAULT_TIMEOUT_S : verb.timeout) * 1000
  const phone = await Promise.any(numbers.map(async number => await ring(call, exchange, from, number, timeoutMs, ringing))).catch(() => null)
  stopRinging.abort()
  if (phone === null || signal.aborted) return
  const startSample = call.recording.played.length
  await talk(call, phone, signal)
  if (verb.record !== undefined && verb.record !== false) {
    const { caller, played } = call.recording
    call.kept = { id: randomUUID(), caller: caller.slice(startSample), played: played.slice(startSample) }
  }
  if (!signal.aborted) call.finish('dialled party', 'normal_clearing')
}

async function ring (call: SimulatedCall, exchange: Exchange, from: string, number: string, timeoutMs: number, ringing: AbortSignal): Promise<Phone> {
  call.log.add({ type: 'dialled', number })
  const pickup = await exchange.pickup(from, number)
  const patienceMs = pickup.does === 'ring out' ? Infinity : pickup.afterMs ?? 0
  await pause(Math.min(patienceMs, timeoutMs), ringing)
  const outcome = ringing.aborted ? 'gone' : patienceMs > timeoutMs || pickup.does === 'ring out' ? 'no answer' : pickup.does === 'busy' ? 'busy' : 'answered'
  call.log.add({ type: 'dial-ended', number, outcome })
  if (outcome === 'answered' && pickup.does === 'answer') return pickup.phone
  throw new Error(outcome)
}

/** Joins two phones until one is put down. */
async function talk (call: SimulatedCall, other: Phone, signal: AbortSignal): Promise<void> {
  await new Promise<void>(resolve => {
    call.media = new Bridge(call, other, resolve)
    void aborted(signal).then(resolve)
  })
  call.media = null
}

class Bridge implements Media {
  readonly #call: SimulatedCall
  readonly #other: Phone
  readonly #onHungUp: () => void
  readonly #otherMic = new Int16Array(FRAME_SAMPLES)

  constructor (call: SimulatedCall, other: Phone, onHungUp: () => void) {
    this.#call = call
    this.#other = other
    this.#onHungUp = onHungUp
  }

  play (frame: Int16Array): void {
    frame.set(this.#otherMic)
  }

  take (mic: Int16Array): void {
    this.#call.usage.dialledMs += FRAME_MS
    this.#otherMic.set(this.#other.tick(mic))
    if (this.#other.hungUp === true) this.#onHungUp()
  }
}
