import { Type, type Static } from 'typebox'
import { Day, Id, Phone, Text } from './fields.ts'

/** A parcel as its courier has it now. */
export const Parcel = Type.Object({
  trackingId: Id,
  recipient: Text(120),
  recipientPhone: Phone,
  /** As people say it, landmarks welcome. */
  address: Text(300),
  /** `at_depot`, `in_transit`, `out_for_delivery`, `returning_to_depot`; any other is said as it is, and means that the parcel cannot be moved. */
  status: Text(40),
  /** What the rider last reported. */
  etaMinutes: Type.Union([Type.Integer({ minimum: 0, maximum: 100_000 }), Type.Null()]),
  deliverOn: Day
})
export type Parcel = Readonly<Static<typeof Parcel>>

/** A parcel by its tracking id, as the caller said it (letters and digits, capitals), or the latest to a phone number. */
export type ParcelQuery = { readonly trackingKey: string } | { readonly phone: string }

/** Where a parcel goes from now on, after it was read back and confirmed by somebody who knew its id and its recipient. */
export const DeliveryMove = Type.Object({ changeId: Id, trackingId: Id, deliverOn: Day, address: Text(300), changedAt: Type.String() })
export type DeliveryMove = Readonly<Static<typeof DeliveryMove>>

/**
 * A courier's parcels. Every method rejects with SYSTEM_UNAVAILABLE when no usable answer came; `moved` rejects with
 * SYSTEM_REFUSED when the system will never take it. The same `changeId` told again changes nothing.
 */
export interface CourierSystem {
  /** Null when there is none. */
  parcel (query: ParcelQuery): Promise<Parcel | null>
  moved (change: DeliveryMove): Promise<void>
}
