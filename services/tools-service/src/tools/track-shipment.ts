import { trackShipment as contract } from '@karani/agents'
import { dayAt, type CalendarDay, type ShipmentProgress } from '@karani/records'
import { spokenCode } from '../speech/spoken-code.ts'
import { daysAway, spokenDay } from '../speech/spoken-day.ts'
import { reading, type Output } from './tool.ts'

/** Where a parcel is and when it should arrive; never whose it is or where it goes. */
export const trackShipment = reading(contract, async ({ trackingId }, { claims: { caller }, now, timeZone }, { shipments }) => {
  const shipment = trackingId !== undefined
    ? await shipments.tracked(spokenCode(trackingId))
    : caller !== null ? await shipments.latestTo(caller) : undefined
  return shipment === undefined ? { found: false } : progress(shipment, dayAt(now, timeZone))
})

function progress ({ status, etaMinutes, deliverOn }: ShipmentProgress, today: CalendarDay): Output {
  const day = `${daysAway(deliverOn, today)}, ${spokenDay(deliverOn, today)}`
  return {
    found: true,
    status: status.replaceAll('_', ' '),
    ...(etaMinutes !== null && { etaMinutes }),
    deliveryDate: deliverOn,
    etaSpoken: etaMinutes === null ? day : `in about ${etaMinutes} minutes`
  }
}
