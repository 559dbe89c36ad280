import { and, desc, eq, isNull } from 'drizzle-orm'
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

  async latestTo (phone: string): Promise<ShipmentProgress | undefined> {
    const [shipment] = await this.#db.select(PROGRESS).from(shipments)
      .where(and(eq(shipments.recipientPhone, phone), isNull(shipments.goneSince))).orderBy(desc(shipments.deliverOn), desc(shipments.trackingId)).limit(1)
    return shipment
  }
}
