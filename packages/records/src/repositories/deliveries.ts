import { randomBytes } from 'node:crypto'
import { and, eq, exists, gt, isNull } from 'drizzle-orm'
import type { CalendarDay } from '@karani/calendar'
import type { Database } from '../database.ts'
import { confirmedRecipients, deliveryChanges, shipments } from '../schema/courier.ts'
import type { ShipmentProgress } from './shipments.ts'

/** What may be told to, and changed by, a caller who knows the tracking id and the recipient's name. */
export interface Delivery extends ShipmentProgress {
  readonly trackingId: string
  readonly address: string
}

/** Where a parcel goes next, and what it is then. */
export interface Destination {
  readonly deliverOn: CalendarDay
  readonly address: string
  readonly status: string
}

/** Deliveries as their recipients may see and move them. There is no way to one but through the call in which its recipient was named. Lives in a transaction. */
export class Deliveries {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** The delivery whose recipient this call has named, while that holds. It stays as it is until the transaction ends. */
  async confirmedIn (callId: string, trackingKey: string, at: Date): Promise<Delivery | undefined> {
    const named = this.#db.select().from(confirmedRecipients)
      .where(and(eq(confirmedRecipients.trackingId, shipments.trackingId), eq(confirmedRecipients.callId, callId), gt(confirmedRecipients.expiresAt, at)))
    const [delivery] = await this.#db
      .select({
        trackingId: shipments.trackingId,
        address: shipments.address,
        status: shipments.status,
        etaMinutes: shipments.etaMinutes,
        deliverOn: shipments.deliverOn
      })
      .from(shipments)
      .where(and(eq(shipments.trackingKey, trackingKey), isNull(shipments.goneSince), exists(named)))
      .for('no key update')
    return delivery
  }

  /** Moves a delivery that `confirmedIn` gave in this transaction, and keeps what was changed in which call; the id of that change. */
  async move ({ trackingId, ...from }: Delivery, to: Destination, { proposalId, callId, at }: { readonly proposalId: string, readonly callId: string, readonly at: Date }): Promise<string> {
    const changeId = `delivery-change-${randomBytes(8).toString('hex')}`
    await this.#db.insert(deliveryChanges).values({
      changeId,
      proposalId,
      callId,
      trackingId,
      fromDay: from.deliverOn,
      toDay: to.deliverOn,
      fromAddress: from.address,
      toAddress: to.address,
      fromStatus: from.status,
      toStatus: to.status,
      changedAt: at
    })
    await this.#db.update(shipments).set({ ...to, etaMinutes: null }).where(eq(shipments.trackingId, trackingId))
    return changeId
  }
}
