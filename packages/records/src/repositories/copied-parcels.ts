import { sql } from 'drizzle-orm'
import type { Parcel } from '@karani/business-systems'
import { shipments } from '../schema/courier.ts'
import type { CopyTable } from './system-copies.ts'

/** Parcels as the courier's system has them. */
export const copiedParcels: CopyTable<Parcel> = {
  system: 'courier',
  table: shipments,
  id: shipments.trackingId,
  key: shipments.trackingKey,
  phone: shipments.recipientPhone,
  idOf: ({ trackingId }) => trackingId,
  put: (facts, copiedAt) => sql`
    insert into business.shipments (tracking_id, recipient, recipient_phone, address, status, eta_minutes, deliver_on, copied_at)
    select "trackingId", recipient, "recipientPhone", address, status, "etaMinutes", "deliverOn", ${copiedAt}
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as facts ("trackingId" text, recipient text, "recipientPhone" text, address text, status text, "etaMinutes" integer, "deliverOn" date)
    on conflict (tracking_id) do update set (recipient, recipient_phone, address, status, eta_minutes, deliver_on, copied_at, gone_since) =
      (excluded.recipient, excluded.recipient_phone, excluded.address, excluded.status, excluded.eta_minutes, excluded.deliver_on, excluded.copied_at, null)`
}
