import { setTimeout as delay } from 'node:timers/promises'
import { FinishedCalls } from '@karani/call-context'
import type { FinishedCall } from '@karani/call-model'
import type { LiveDisplay } from '../display/live-display.ts'
import { until } from '../process/until.ts'
import type { CallWatch } from './call-watch.ts'
import { isOver, type SimulatorClient } from './simulator-client.ts'

/** From the carrier's hang-up until the services have the call on record; longer, and they never will. */
const RECORD_TIMEOUT_MS = 10_000
const LAST_LINES_MS = 2_000

/** Null: what there is not, because the call never reached a clerk. */
export interface ShownCall { finished: FinishedCall | null, recording: string | null }

/** Waits for a simulated call to end, and for its last lines on the display. */
export async function showCall (callId: string, { simulator, watch, display }: { simulator: SimulatorClient, watch: CallWatch, display: LiveDisplay }): Promise<ShownCall> {
  const over = await until(async () => {
    const call = await simulator.call(callId)
    return isOver(call) && call
  }, { timeoutMs: Infinity, everyMs: 250 })
  const finishedCalls = new FinishedCalls(watch.redis)
  const finished = await until(() => finishedCalls.get(callId), { timeoutMs: RECORD_TIMEOUT_MS, everyMs: 50 })
  if (finished !== null) await Promise.race([display.ended(callId), delay(LAST_LINES_MS, undefined, { ref: false })])
  return { finished, recording: over?.recording ?? null }
}
