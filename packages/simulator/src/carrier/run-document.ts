import type { Exchange } from './exchange.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { SimulatedCall } from './simulated-call.ts'
import { conference } from './verbs/conference.ts'
import { dial } from './verbs/dial.ts'
import { getDigits } from './verbs/get-digits.ts'
import { play, say } from './verbs/prompt.ts'
import { record } from './verbs/record.ts'
import { stream } from './verbs/stream.ts'
import type { Verb } from './voice-actions.ts'

/** Where the next document comes from, and the digits it is told. `url` is null for the call's own voice URL. */
export interface NextDocument { readonly url: string | null, readonly digits?: string }

/** Runs the verbs from top to bottom. Null when they ran out or the call is over. */
export async function runDocument (call: SimulatedCall, exchange: Exchange, lifecycle: Lifecycle, verbs: readonly Verb[]): Promise<NextDocument | null> {
  const signal = call.beginDocument()
  for (const verb of verbs) {
    call.log.add({ type: 'verb', verb })
    const next = await runVerb(call, exchange, lifecycle, verb, signal)
    if (signal.aborted || next !== null) return next
  }
  return null
}

async function runVerb (call: SimulatedCall, exchange: Exchange, lifecycle: Lifecycle, verb: Verb, signal: AbortSignal): Promise<NextDocument | null> {
  if (verb.verb !== 'reject' && verb.verb !== 'hangup' && verb.verb !== 'redirect') call.answer()
  switch (verb.verb) {
    case 'say': await say(call, exchange, verb, signal); break
    case 'play': await play(call, exchange, verb, signal); break
    case 'getDigits': {
      const digits = await getDigits(call, exchange, verb, signal)
      return digits === '' ? null : { url: null, digits }
    }
    case 'dial': await dial(call, exchange, verb, signal); break
    case 'conference': await conference(call, exchange, verb, signal); break
    case 'record': await record(call, exchange, lifecycle, verb, signal); break
    case 'stream': await stream(call, exchange, lifecycle, verb, signal); break
    case 'redirect': return redirect(call, verb.url)
    case 'reject': reject(call, verb.reason); break
    case 'hangup': call.finish('document', 'normal_clearing'); break
  }
  return null
}

function redirect (call: SimulatedCall, url: string): NextDocument | null {
  if (call.behaviour.redirectVerb === 'any URL') return { url }
  call.log.add({ type: 'fault', what: 'a Redirect to an endpoint that the carrier does not own' })
  return null
}

/** Only before the answer; then it has no effect. */
function reject (call: SimulatedCall, reason: 'rejected' | 'busy' = 'rejected'): void {
  if (call.status !== 'ringing') return call.log.add({ type: 'fault', what: 'a Reject after the answer' })
  call.finish('document', reason === 'busy' ? 'user_busy' : 'call_rejected', reason === 'busy' ? 'busy' : 'failed')
}
