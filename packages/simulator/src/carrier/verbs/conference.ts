import type { Exchange } from '../exchange.ts'
import { aborted } from '../pause.ts'
import type { SimulatedCall } from '../simulated-call.ts'
import type { VerbOf } from '../voice-actions.ts'

/** Seats the call in a room until it leaves or the room ends. Over `maxParticipants` the caller stalls in silence. Status events are not simulated. */
export async function conference (call: SimulatedCall, exchange: Exchange, verb: VerbOf<'conference'>, signal: AbortSignal): Promise<void> {
  const over = new AbortController()
  const seat = exchange.rooms.join(verb.name, verb.maxParticipants ?? Infinity, {
    startOnEnter: verb.startOnEnter ?? true,
    endOnExit: verb.endOnExit ?? false,
    muted: verb.muted ?? false,
    onEnd: () => over.abort()
  })
  call.media = seat
  await Promise.race([aborted(signal), aborted(over.signal)])
  call.media = null
  if (seat !== null) exchange.rooms.leave(verb.name, seat)
}
