import { escalate as contract } from '@karani/agents'
import type { CollectionStop, Writings } from '@karani/records'
import { collectionStopOf } from '../speech/collection-stop.ts'
import { isAboutSomebodyElse } from './borrower.ts'
import { writing, type Output, type ToolCall } from './tool.ts'

/** On the lender's line, some reasons for a person are reasons to speak of no debt any more: they are recorded as such. Where we called, a wrong party is one on any line. */
export const escalate = writing(contract, async ({ reason, summary = null }, call, writings) => {
  const { claims: { callId, agent, caller }, now } = call
  const stop = stopIn(`${reason}. ${summary ?? ''}`, call)
  if (stop !== null) await stopCollection(stop, call, writings)
  const isSomebodyElse = (await writings.stops.ofCollectionIn(callId)).some(isAboutSomebodyElse)
  const phone = isSomebodyElse ? null : caller
  await writings.callbacks.ask({ callId, agent, phone, reason, summary, at: now })
  return { stored: true, callBack: phone !== null, ...(stop !== null && { recordedAs: stop }), ...message(stop, isSomebodyElse, caller) }
})

function stopIn (said: string, { claims: { agent, outreach } }: ToolCall): CollectionStop | null {
  const stop = collectionStopOf(said)
  const counts = agent === 'lender' || (outreach !== undefined && stop === 'wrong-party')
  return counts ? stop : null
}

async function stopCollection (reason: CollectionStop, { claims: { callId, caller, callerTurn, outreach }, now }: ToolCall, { accounts, stops, identityChecks }: Writings): Promise<void> {
  const accountId = (await accounts.verifiedIn(callId, now))?.accountId ?? outreach?.subject ?? null
  const scope = isAboutSomebodyElse({ reason }) ? 'calls' : 'reminders'
  await stops.stop({ phone: caller, accountId, reason, scope, callId, callerTurn, at: now, until: null })
  if (isAboutSomebodyElse({ reason })) await identityChecks.forget(callId)
}

function message (stop: CollectionStop | null, isSomebodyElse: boolean, caller: string | null): Output {
  if (isSomebodyElse) return { message: `The team has been told.${caller === null ? '' : ' We will not call this number about it again.'}` }
  if (caller === null) return { message: 'The team has been told. Your number is hidden, so nobody can call you back: please call us again.' }
  const reminders = stop === null ? '' : ' Until then there will be no reminders.'
  return { message: `A person of the team will call you back on this number.${reminders}` }
}
