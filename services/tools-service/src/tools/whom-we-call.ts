import { whomWeCall as contract } from '@karani/agents'
import type { CallClaims } from '@karani/call-token'
import { dayAt, type Readings } from '@karani/records'
import { progressOf } from '../courier/progress.ts'
import { CollectionStoppedError, NotOurCallError } from '../errors.ts'
import { plainText } from '../speech/plain-text.ts'
import { spokenCode } from '../speech/spoken-code.ts'
import { isAboutSomebodyElse } from './borrower.ts'
import { reading, type Output, type ToolCall } from './tool.ts'

/** Whom to ask for: a first name, and of a parcel what its number may hear. Nothing of an account; nothing at all once it is somebody else. */
export const whomWeCall = reading(contract, async (_, call, readings) => {
  const { callId, agent, caller, outreach } = call.claims
  if (outreach === undefined || caller === null) throw new NotOurCallError()
  if ((await readings.stops.ofCollectionIn(callId)).some(isAboutSomebodyElse)) throw new CollectionStoppedError()
  return agent === 'courier' ? await recipient(outreach, caller, call, readings) : await borrower(outreach, caller, readings)
})

async function borrower ({ subject }: NonNullable<CallClaims['outreach']>, phone: string, { accounts }: Readings): Promise<Output> {
  const firstName = await accounts.firstNameAt(spokenCode(subject), phone)
  return firstName === undefined ? { found: false } : { found: true, askFor: plainText(firstName, 40) }
}

async function recipient ({ subject }: NonNullable<CallClaims['outreach']>, phone: string, { now, timeZone }: ToolCall, { shipments }: Readings): Promise<Output> {
  const parcel = await shipments.trackedAt(spokenCode(subject), phone)
  return parcel === undefined ? { found: false } : { found: true, askFor: plainText(parcel.firstName, 40), ...progressOf(parcel, dayAt(now, timeZone)) }
}
