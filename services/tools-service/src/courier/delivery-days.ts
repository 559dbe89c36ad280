import { addDays, dayAt, weekdayOf, type CalendarDay, type ShipmentProgress } from '@karani/records'
import { WEEKDAYS, type DeliveryService } from '@karani/lines'

export type Parcel = Pick<ShipmentProgress, 'status' | 'deliverOn'>

/** A moment on the clock and the calendar of the business. */
export interface LocalTime {
  readonly today: CalendarDay
  /** `16:05` */
  readonly time: string
}

/** Why a parcel does not come on a day. `settled`: no day will do, it was delivered or is otherwise out of our hands. `with-rider`: nor will any, it is too late to call the rider back. */
export type DayRefusal =
  | { readonly why: 'settled' | 'with-rider' }
  | { readonly why: 'past' | 'too-late' | 'no-service', readonly nextDay: CalendarDay }
  | { readonly why: 'too-far', readonly lastDay: CalendarDay }

export function localTimeAt (instant: Date, timeZone: string): LocalTime {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant)
  return { today: dayAt(instant, timeZone), time }
}

/** What speaks against bringing a parcel on that day; null when nothing does. */
export function refusalOf (day: CalendarDay, parcel: Parcel, now: LocalTime, service: DeliveryService): DayRefusal | null {
  const firstDay = earliestDay(parcel, now, now.time < service.cutOff)
  if (firstDay === null) return { why: parcel.status === 'out_for_delivery' ? 'with-rider' : 'settled' }
  const lastDay = lastServiceDay(addDays(firstDay, service.maxDaysAhead), service)
  if (day > lastDay) return { why: 'too-far', lastDay }
  if (day >= firstDay && isServed(day, service)) return null
  const nextDay = nextServiceDay(day > firstDay ? day : firstDay, service)
  return { why: day < now.today ? 'past' : isServed(day, service) ? 'too-late' : 'no-service', nextDay }
}

/** What a parcel is once it has been moved: what the rider carries has to come back first. */
export const statusOnceMoved = ({ status }: Parcel): string => status === 'out_for_delivery' ? 'returning_to_depot' : status

/**
 * The first day on which a courier could bring a parcel, whatever the weekday; null when it cannot be moved.
 * A rider's round is fixed: what is out for delivery comes today as planned, or, when there is time to call the rider, on another day.
 * A status that we do not know is not touched.
 */
function earliestDay ({ status, deliverOn }: Parcel, { today }: LocalTime, isBeforeCutOff: boolean): CalendarDay | null {
  const tomorrow = addDays(today, 1)
  const fromDepot = isBeforeCutOff ? today : tomorrow
  switch (status) {
    case 'in_transit': return deliverOn > fromDepot ? deliverOn : fromDepot // it is not here before
    case 'at_depot': return fromDepot
    case 'out_for_delivery': return isBeforeCutOff ? tomorrow : null
    case 'returning_to_depot': return tomorrow
    default: return null
  }
}

const isServed = (day: CalendarDay, { days }: DeliveryService): boolean => days.includes(WEEKDAYS[weekdayOf(day)]!)

/** Itself, when it is one; there is one in any seven days. */
const nextServiceDay = (day: CalendarDay, service: DeliveryService): CalendarDay => isServed(day, service) ? day : nextServiceDay(addDays(day, 1), service)
const lastServiceDay = (day: CalendarDay, service: DeliveryService): CalendarDay => isServed(day, service) ? day : lastServiceDay(addDays(day, -1), service)
