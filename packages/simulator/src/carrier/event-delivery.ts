import type { CallLog } from './call-log.ts'
import type { CarrierBehaviour } from './carrier-behaviour.ts'
import { pause } from './pause.ts'
import { post, type Webhook } from './webhook.ts'

/**
 * Delivers one event at least once: any 2xx is success, otherwise it is tried again after each of the waits, each jittered
 * from 0 to its nominal length, then given up.
 */
export async function deliver (webhook: Webhook, log: CallLog, behaviour: CarrierBehaviour, { random, closing }: { random: () => number, closing: AbortSignal }): Promise<void> {
  for (const waitMs of [0, ...behaviour.retryWaitsMs]) {
    if (waitMs > 0) await pause(waitMs * behaviour.retryTimeScale * random(), closing)
    if (closing.aborted) return
    const reply = await post(webhook, log, behaviour, closing)
    if (reply !== null && reply.status >= 200 && reply.status < 300) return
  }
}
