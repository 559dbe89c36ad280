import type { Delivery, Writings } from '@karani/records'
import { RecipientNotConfirmedError } from '../errors.ts'
import { isSameName } from '../speech/same-name.ts'
import { spokenCode } from '../speech/spoken-code.ts'
import type { ToolCall } from '../tools/tool.ts'

/** Whether the caller knows whose parcel it is, which this call may then see and move for a while. Tries are counted. */
export async function checkRecipient (trackingId: string, recipientName: string, { claims: { callId }, now }: ToolCall, { recipientChecks }: Writings): Promise<{ confirmed: boolean, triesLeft: number }> {
  return await recipientChecks.check({ callId, trackingKey: spokenCode(trackingId), isNameOf: recipient => isSameName(recipientName, recipient), at: now })
}

/**
 * The delivery that this call may see and move, locked until the transaction ends.
 * @throws RecipientNotConfirmedError when no recipient of it was named in this call lately: alike for a parcel that does not exist
 */
export async function confirmedDelivery (trackingId: string, { claims: { callId }, now }: ToolCall, { deliveries }: Writings): Promise<Delivery> {
  const delivery = await deliveries.confirmedIn(callId, spokenCode(trackingId), now)
  if (delivery === undefined) throw new RecipientNotConfirmedError()
  return delivery
}
