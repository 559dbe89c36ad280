import { trackShipment as contract } from '@karani/agents'
import { dayAt } from '@karani/records'
import { progressOf } from '../courier/progress.ts'
import { spokenCode } from '../speech/spoken-code.ts'
import { reading } from './tool.ts'

/** Where a parcel is and when it should arrive, that of the call where we called about one; never whose it is or where it goes. */
export const trackShipment = reading(contract, async ({ trackingId }, { claims: { caller, outreach }, now, timeZone }, { shipments }) => {
  const shipment = trackingId !== undefined
    ? await shipments.tracked(spokenCode(trackingId))
    : caller === null ? undefined : outreach === undefined ? await shipments.latestTo(caller) : await shipments.trackedAt(spokenCode(outreach.subject), caller)
  return shipment === undefined ? { found: false } : { found: true, ...progressOf(shipment, dayAt(now, timeZone)) }
})
