import { and, asc, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { paymentIntents } from '../schema/payments.ts'
import type { PaymentIntent } from './payment-intents.ts'

export type CallPayment = Pick<PaymentIntent, 'amountMinor' | 'state' | 'failure' | 'receipt'>

/** What borrowers were asked to pay by M-Pesa, to be read. */
export class Payments {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** What was asked for this account in this call, oldest first. */
  async ofCall (callId: string, accountId: string): Promise<CallPayment[]> {
    const { amountMinor, state, failure, receipt } = paymentIntents
    return await this.#db.select({ amountMinor, state, failure, receipt }).from(paymentIntents)
      .where(and(eq(paymentIntents.callId, callId), eq(paymentIntents.accountId, accountId)))
      .orderBy(asc(paymentIntents.createdAt)).limit(10)
  }
}
