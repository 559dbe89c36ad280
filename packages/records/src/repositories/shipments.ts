import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import type { CalendarDay } from '@karani/calendar'
import { shipments } from '../schema/courier.ts'

/** What anybody may hear who knows the tracking id, or rings from the recipient's number. */
export interface ShipmentProgress {
  readonly status: string
  readonly etaMinutes: number | null
  readonly deliverOn: CalendarDay
}

const PROGRESS = { status: shipments.status, etaMinutes: shipments.etaMinutes, deliverOn: shipments.deliverOn }

export class Shipments {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** `trackingKey`: the letters and digits of the tracking id, in capitals. */
  async tracked (trackingKey: string): Promise<ShipmentProgress | undefined> {
    const [shipment] = await this.#db.select(PROGRESS).from(shipments).where(and(eq(shipments.trackingKey, trackingKey), isNull(shipments.goneSince)))
    return shipment
  }

  /** The same, and whom to ask for, for somebody at this number: undefined unless the parcel is for that number. */
  async trackedAt (trackingKey: string, phone: string): Promise<ShipmentProgress & { firstName: string } | undefined> {
    const [shipment] = await this.#db.select({ ...PROGRESS, firstName: sql<string>`split_part(btrim(${shipments.recipient}), ' ', 1)` })
      .from(shipments).where(and(eq(shipments.trackingKey, trackingKey), eq(shipments.recipientPhone, phone), isNull(shipments.goneSince)))
    return shipment
  }

  async latestTo (phone: string): Promise<ShipmentProgress | undefined> {
    const [shipment] = await this.#db.select(PROGRESS).from(shipments)
      .where(and(eq(shipments.recipientPhone, phone), isNull(shipments.goneSince))).orderBy(desc(shipments.deliverOn), desc(shipments.trackingId)).limit(1)
    return shipment
  }
}
