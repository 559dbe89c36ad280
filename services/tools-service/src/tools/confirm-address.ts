import { confirmAddress as contract } from '@karani/agents'
import { dayAt } from '@karani/records'
import { progressOf } from '../courier/progress.ts'
import { checkRecipient, confirmedDelivery } from '../courier/recipient.ts'
import { plainText } from '../speech/plain-text.ts'
import { writing } from './tool.ts'

/** Where a parcel goes, for who knows its tracking id and its recipient's name. The number that the call comes from proves nothing. */
export const confirmAddress = writing(contract, async ({ trackingId, recipientName }, call, writings) => {
  const verdict = await checkRecipient(trackingId, recipientName, call, writings)
  if (!verdict.confirmed) return { ...verdict }
  const delivery = await confirmedDelivery(trackingId, call, writings)
  return { ...verdict, address: plainText(delivery.address, 200), ...progressOf(delivery, dayAt(call.now, call.timeZone)) }
})
