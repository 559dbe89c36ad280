import { and, asc, eq, inArray, lt, lte, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DeliveryMove, PaymentReceived, PromiseMade } from '@karani/business-systems'
import type { Database } from '../database.ts'
import { systemEffects } from '../schema/systems.ts'
import type { Destination } from './deliveries.ts'
import type { PaymentIntent } from './payment-intents.ts'
import type { PaymentPromise } from './promises.ts'

/** Those that are told of effects. */
export type SystemName = typeof systemEffects.$inferSelect['system']

/** What a business's system is to hear. `payload` is of a person: it goes to that system and nowhere else. */
export type SystemEffect = Readonly<Omit<typeof systemEffects.$inferSelect, 'kind' | 'payload'>> & (
  | { readonly kind: 'promised', readonly payload: PromiseMade }
  | { readonly kind: 'paid', readonly payload: PaymentReceived }
  | { readonly kind: 'moved', readonly payload: DeliveryMove }
)

interface Happened { readonly callId: string, readonly at: Date }

/**
 * The outbox of the business's own systems. What happens is written in the transaction in which it happens, if anybody is
 * to hear of it; without such a system nothing is written, and nothing asked. Lives in a transaction.
 */
export class SystemEffects {
  readonly #db: Database
  readonly #told: ReadonlySet<SystemName>
  #isAnythingNew = false

  constructor (db: Database, told: ReadonlySet<SystemName>) {
    this.#db = db
    this.#told = told
  }

  /** Whether this transaction has something to tell. */
  get isAnythingNew (): boolean { return this.#isAnythingNew }

  async promised ({ promiseId, ...promise }: PaymentPromise, accountId: string, { callId, at }: Happened): Promise<void> {
    const payload: PromiseMade = { promiseId, accountId, ...promise, promisedAt: at.toISOString() }
    await this.#add({ effectId: promiseId, system: 'lending', kind: 'promised', subject: accountId, callId, payload, createdAt: at })
  }

  async paid ({ intentId, accountId, amountMinor, currency, callId }: PaymentIntent, at: Date): Promise<void> {
    const payload: PaymentReceived = { paymentId: intentId, accountId, amountMinor, currency, receivedAt: at.toISOString() }
    await this.#add({ effectId: intentId, system: 'lending', kind: 'paid', subject: accountId, callId, payload, createdAt: at })
  }

  async moved (changeId: string, trackingId: string, { deliverOn, address }: Pick<Destination, 'deliverOn' | 'address'>, { callId, at }: Happened): Promise<void> {
    const payload: DeliveryMove = { changeId, trackingId, deliverOn, address, changedAt: at.toISOString() }
    await this.#add({ effectId: changeId, system: 'courier', kind: 'moved', subject: trackingId, callId, payload, createdAt: at })
  }

  async #add (effect: Omit<typeof systemEffects.$inferInsert, 'nextTryAt'>): Promise<void> {
    if (!this.#told.has(effect.system)) return
    await this.#db.insert(systemEffects).values({ ...effect, nextTryAt: effect.createdAt })
    this.#isAnythingNew = true
  }

  /** What should be told now: of one subject the oldest. It is the taker's until `leaseUntil`; whoever takes at the same time gets others. */
  async takeDue (at: Date, leaseUntil: Date, limit: number): Promise<SystemEffect[]> {
    const earlier = alias(systemEffects, 'earlier')
    const isNext = notExists(this.#db.select({ effectId: earlier.effectId }).from(earlier)
      .where(and(eq(earlier.state, 'pending'), eq(earlier.system, systemEffects.system), eq(earlier.subject, systemEffects.subject), lt(earlier.position, systemEffects.position))))
    const due = this.#db.select({ effectId: systemEffects.effectId }).from(systemEffects)
      .where(and(eq(systemEffects.state, 'pending'), lte(systemEffects.nextTryAt, at), inArray(systemEffects.system, [...this.#told]), isNext))
      .orderBy(asc(systemEffects.position)).limit(limit).for('update', { skipLocked: true })
    return await this.#db.update(systemEffects).set({ nextTryAt: leaseUntil, tries: sql`${systemEffects.tries} + 1` })
      .where(inArray(systemEffects.effectId, due)).returning() as SystemEffect[]
  }

  /** It was not taken; unless somebody else has told it meanwhile. */
  async tryAgain (effectId: string, nextTryAt: Date): Promise<void> {
    await this.#db.update(systemEffects).set({ nextTryAt }).where(and(eq(systemEffects.effectId, effectId), eq(systemEffects.state, 'pending')))
  }

  /** @returns whether it was pending until now */
  async settle (effectId: string, state: 'told' | 'refused'): Promise<boolean> {
    const rows = await this.#db.update(systemEffects).set({ state, settledAt: sql`clock_timestamp()` })
      .where(and(eq(systemEffects.effectId, effectId), eq(systemEffects.state, 'pending')))
      .returning({ effectId: systemEffects.effectId })
    return rows.length === 1
  }
}
