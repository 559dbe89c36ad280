import type { Exchange } from '../exchange.ts'
import { aborted, pause } from '../pause.ts'
import type { SimulatedCall } from '../simulated-call.ts'
import type { VerbOf } from '../voice-actions.ts'
import { play, say } from './prompt.ts'

/** "PBX default" is all that is documented. */
const DEFAULT_TIMEOUT_S = 5

/** Collects keys during and after the prompts. Empty when none came before the time-out, counted from the prompts' end. */
export async function getDigits (call: SimulatedCall, exchange: Exchange, verb: VerbOf<'getDigits'>, signal: AbortSignal): Promise<string> {
  const { numDigits = 0, finishOnKey = '#', nested = [] } = verb
  const timeoutMs = (verb.timeout === undefined || verb.timeout === 0 ? DEFAULT_TIMEOUT_S : verb.timeout) * 1000
  const complete = new AbortController()
  const firstKey = new AbortController()
  let keys = ''
  const take = (): void => {
    keys += call.takeDigits(take)
    if (keys !== '') firstKey.abort()
    if ((finishOnKey !== '' && keys.includes(finishOnKey)) || (numDigits > 0 && keys.length >= numDigits)) complete.abort()
  }
  take()
  const prompting = AbortSignal.any([signal, firstKey.signal])
  for (const prompt of nested) {
    if (prompting.aborted) break
    if ('say' in prompt) await say(call, exchange, prompt.say, prompting)
    else await play(call, exchange, prompt.play, prompting)
  }
  await Promise.race([pause(timeoutMs, signal), aborted(complete.signal)])
  call.takeDigits(() => {})
  const upToKey = finishOnKey === '' ? keys : keys.split(finishOnKey)[0]!
  return numDigits > 0 ? upToKey.slice(0, numDigits) : upToKey
}
