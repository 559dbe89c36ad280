import { reschedule as contract, type ToolArguments } from '@karani/agents'
import { dayAt, type CalendarDay, type Delivery, type Destination, type Writings } from '@karani/records'
import { statusOnceMoved } from '../courier/delivery-days.ts'
import { checkRecipient, confirmedDelivery } from '../courier/recipient.ts'
import { requireDay } from '../courier/require-day.ts'
import { DayNotUnderstoodError, DeliveryChangedError, DeliveryUnchangedError, RecipientNotConfirmedError } from '../errors.ts'
import { readDay } from '../speech/day.ts'
import { plainText } from '../speech/plain-text.ts'
import { daysAway, spokenDay } from '../speech/spoken-day.ts'
import { confirmed, scopeOf } from './confirmation.ts'
import { writing, type Output, type ToolCall } from './tool.ts'

type Place = Pick<Destination, 'deliverOn' | 'address'>
/** `from` is what the delivery was when the caller agreed to move it. */
interface Terms { readonly from: Place, readonly to: Place }
interface Moved extends Terms { readonly changeId: string }

/** First a proposal that is read back, then, after the caller has answered, the change: always what was read back. Only for who knows the tracking id and the recipient's name. */
export const reschedule = writing(contract, async (args, call, writings) => {
  if (args.recipientName !== undefined && !(await checkRecipient(args.trackingId, args.recipientName, call, writings)).confirmed) throw new RecipientNotConfirmedError()
  const delivery = await confirmedDelivery(args.trackingId, call, writings)
  return args.confirm === undefined
    ? await propose(args, delivery, call, writings)
    : await move(args.confirm, delivery, call, writings)
})

async function propose ({ newDate, address }: ToolArguments<typeof contract>, delivery: Delivery, call: ToolCall, { proposals }: Writings): Promise<Output> {
  const today = dayAt(call.now, call.timeZone)
  const from = placeOf(delivery)
  const deliverOn = newDate === undefined ? from.deliverOn : readDay(newDate, today)
  if (deliverOn === null) throw new DayNotUnderstoodError()
  const to = { deliverOn, address: address ?? from.address }
  if (isSame(from, to)) throw new DeliveryUnchangedError()
  requireDay(deliverOn, delivery, call)
  const proposalId = await proposals.propose(scopeOf(contract, delivery.trackingId, call), { from, to } satisfies Terms)
  const where = to.address === from.address ? 'the same address' : plainText(to.address, 200)
  return { proposalId, readBack: `Parcel ${delivery.trackingId} will come ${whenSpoken(deliverOn, today)}, to ${where}. Is that right?`, ...spoken({ from, to }, today) }
}

async function move (proposalId: string, delivery: Delivery, call: ToolCall, { proposals, deliveries, systemEffects }: Writings): Promise<Output> {
  const { claims: { callId }, now, timeZone } = call
  const moved = confirmed(await proposals.confirm<Terms, Moved>(proposalId, scopeOf(contract, delivery.trackingId, call), async ({ from, to }) => {
    if (!isSame(from, placeOf(delivery))) throw new DeliveryChangedError()
    requireDay(to.deliverOn, delivery, call)
    const changeId = await deliveries.move(delivery, { ...to, status: statusOnceMoved(delivery) }, { proposalId, callId, at: now })
    await systemEffects.moved(changeId, delivery.trackingId, to, { callId, at: now })
    return { changeId, from, to }
  }))
  return { rescheduled: true, changeId: moved.changeId, ...spoken(moved, dayAt(now, timeZone)) }
}

const placeOf = ({ deliverOn, address }: Delivery): Place => ({ deliverOn, address })
const isSame = (one: Place, other: Place): boolean => one.deliverOn === other.deliverOn && one.address === other.address

const whenSpoken = (day: CalendarDay, today: CalendarDay): string => `${day === today ? `${daysAway(day, today)}, ` : 'on '}${spokenDay(day, today)}`

const spoken = ({ from, to }: Terms, today: CalendarDay): Output => ({
  deliveryDate: to.deliverOn,
  deliverySpoken: spokenDay(to.deliverOn, today),
  ...(to.address !== from.address && { newAddress: to.address })
})
