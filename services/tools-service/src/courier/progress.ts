import type { CalendarDay, ShipmentProgress } from '@karani/records'
import { daysAway, spokenDay } from '../speech/spoken-day.ts'

/** How far a parcel is, as a clerk can say it; never whose it is or where it goes. */
export function progressOf ({ status, etaMinutes, deliverOn }: ShipmentProgress, today: CalendarDay) {
  return {
    status: status.replaceAll('_', ' '),
    ...(etaMinutes !== null && { etaMinutes }),
    deliveryDate: deliverOn,
    etaSpoken: etaMinutes === null ? `${daysAway(deliverOn, today)}, ${spokenDay(deliverOn, today)}` : `in about ${etaMinutes} minutes`
  }
}
