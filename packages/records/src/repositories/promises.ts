import { randomBytes } from 'node:crypto'
import type { Database } from '../database.ts'
import type { CalendarDay } from '@karani/calendar'
import { promises } from '../schema/lending.ts'

/** What a borrower promises. */
export interface PromiseTerms {
  readonly amountMinor: number
  readonly currency: string
  readonly payBy: CalendarDay
}

export interface PaymentPromise extends PromiseTerms { readonly promiseId: string }

/** Promises to pay. Lives in a transaction. */
export class Promises {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  async record ({ at, ...promise }: PromiseTerms & { readonly proposalId: string, readonly callId: string, readonly accountId: string, readonly at: Date }): Promise<PaymentPromise> {
    const promiseId = `promise-${randomBytes(8).toString('hex')}`
    await this.#db.insert(promises).values({ ...promise, promiseId, promisedAt: at })
    const { amountMinor, currency, payBy } = promise
    return { promiseId, amountMinor, currency, payBy }
  }
}
