import type { CalendarDay } from '@karani/records'
import { DeliveryDayRefusedError, ParcelNotMovableError } from '../errors.ts'
import { spokenDay } from '../speech/spoken-day.ts'
import type { ToolCall } from '../tools/tool.ts'
import { localTimeAt, refusalOf, type Parcel } from './delivery-days.ts'

const WHY = {
  past: 'That day is past.',
  'too-late': 'That day is too soon.',
  'no-service': 'There are no deliveries on that day.'
} as const

/** @throws ParcelNotMovableError, DeliveryDayRefusedError: unless a parcel can be brought on that day */
export function requireDay (day: CalendarDay, parcel: Parcel, { now, timeZone, delivery }: ToolCall): void {
  const localTime = localTimeAt(now, timeZone)
  const refusal = refusalOf(day, parcel, localTime, delivery)
  if (refusal === null) return
  switch (refusal.why) {
    case 'settled': throw new ParcelNotMovableError(`its status is ${parcel.status.replaceAll('_', ' ')}`)
    case 'with-rider': throw new ParcelNotMovableError('the rider is on the way, and it is too late to call them back')
    case 'too-far': throw new DeliveryDayRefusedError('That is too far ahead.', 'last', spokenDay(refusal.lastDay, localTime.today))
    default: throw new DeliveryDayRefusedError(WHY[refusal.why], 'next', spokenDay(refusal.nextDay, localTime.today))
  }
}
