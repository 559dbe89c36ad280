import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { confirmedRecipients, recipientChecks, shipments } from '../schema/courier.ts'

export const MAX_FAILURES_PER_CALL = 3
export const MAX_FAILURES_PER_PARCEL = 5
const FAILURE_WINDOW_MS = 24 * 3600 * 1000
const CONFIRMED_MS = 10 * 60 * 1000

export interface RecipientClaim {
  readonly callId: string
  /** The letters and digits of the tracking id, in capitals. */
  readonly trackingKey: string
  /** Whether the name that was said is that of `recipient`, who a parcel is for. */
  readonly isNameOf: (recipient: string) => boolean
  readonly at: Date
}

export interface RecipientVerdict { readonly confirmed: boolean, readonly triesLeft: number }

/**
 * Checks that a caller knows both the tracking id and the recipient of a parcel: at most 3 failures a call, and at most 5 in
 * 24 hours for a parcel, whichever calls and processes they come through. Nothing in the answer, nor the work done for it,
 * tells whether there is such a parcel, or whether the name was looked at.
 * Lives in a transaction: its locks make tries of one call, and tries for one parcel, wait for each other.
 */
export class RecipientChecks {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  async check ({ callId, trackingKey, isNameOf, at }: RecipientClaim): Promise<RecipientVerdict> {
    const parcel = await this.#find(trackingKey)
    await this.#lock(`call ${callId}`)
    await this.#lock(`parcel ${trackingKey}`)
    const failures = await this.#failuresIn(callId)
    if (failures >= MAX_FAILURES_PER_CALL) return { confirmed: false, triesLeft: 0 }
    const isOpen = await this.#failuresFor(parcel?.trackingId ?? '', at) < MAX_FAILURES_PER_PARCEL
    const fits = isNameOf(parcel?.recipient ?? 'no such parcel') && parcel !== undefined
    const outcome = !isOpen ? 'refused' : fits ? 'passed' : 'failed'
    await this.#db.insert(recipientChecks).values({ callId, trackingId: parcel?.trackingId ?? null, outcome, checkedAt: at })
    if (outcome !== 'passed') return { confirmed: false, triesLeft: MAX_FAILURES_PER_CALL - failures - 1 }
    await this.#confirm(callId, parcel!.trackingId, at)
    return { confirmed: true, triesLeft: MAX_FAILURES_PER_CALL - failures }
  }

  async #find (trackingKey: string): Promise<{ trackingId: string, recipient: string } | undefined> {
    const [parcel] = await this.#db.select({ trackingId: shipments.trackingId, recipient: shipments.recipient })
      .from(shipments).where(and(eq(shipments.trackingKey, trackingKey), isNull(shipments.goneSince)))
    return parcel
  }

  /** Until the transaction ends. */
  async #lock (name: string): Promise<void> {
    await this.#db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`recipient of ${name}`}, 0))`)
  }

  async #failuresIn (callId: string): Promise<number> {
    return await this.#db.$count(recipientChecks, and(eq(recipientChecks.callId, callId), ne(recipientChecks.outcome, 'passed')))
  }

  async #failuresFor (trackingId: string, at: Date): Promise<number> {
    return await this.#db.$count(recipientChecks, and(
      eq(recipientChecks.trackingId, trackingId),
      eq(recipientChecks.outcome, 'failed'),
      gt(recipientChecks.checkedAt, new Date(at.getTime() - FAILURE_WINDOW_MS))
    ))
  }

  async #confirm (callId: string, trackingId: string, at: Date): Promise<void> {
    const proof = { confirmedAt: at, expiresAt: new Date(at.getTime() + CONFIRMED_MS) }
    await this.#db.insert(confirmedRecipients).values({ callId, trackingId, ...proof })
      .onConflictDoUpdate({ target: [confirmedRecipients.callId, confirmedRecipients.trackingId], set: proof })
  }
}
