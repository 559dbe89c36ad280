import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { accounts, verifiedCalls } from '../schema/lending.ts'
import type { CalendarDay } from '@karani/calendar'

/** What a verified caller may hear of their own account. */
export interface Account {
  readonly accountId: string
  readonly borrower: string
  readonly balanceMinor: number
  readonly nextPaymentMinor: number
  readonly currency: string
  readonly dueOn: CalendarDay
  readonly status: string
  /** The last three digits of the borrower's number: no more of it is ever said. */
  readonly phoneEnding: string
}

/** There is no way to an account but through the call that was verified for it. */
export class Accounts {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** The account whose borrower the caller has proved to be, while that proof holds. */
  async verifiedIn (callId: string, at: Date): Promise<Account | undefined> {
    const [account] = await this.#db
      .select({
        accountId: accounts.accountId,
        borrower: accounts.borrower,
        balanceMinor: accounts.balanceMinor,
        nextPaymentMinor: accounts.nextPaymentMinor,
        currency: accounts.currency,
        dueOn: accounts.dueOn,
        status: accounts.status,
        phoneEnding: sql<string>`right(${accounts.phone}, 3)`
      })
      .from(verifiedCalls)
      .innerJoin(accounts, eq(accounts.accountId, verifiedCalls.accountId))
      .where(and(eq(verifiedCalls.callId, callId), gt(verifiedCalls.expiresAt, at), isNull(accounts.goneSince)))
    return account
  }

  /** Whom to ask for when this number is rung about this account: the borrower's first name, and no more leaves the database. Undefined unless the number is the borrower's own. */
  async firstNameAt (accountKey: string, phone: string): Promise<string | undefined> {
    const [account] = await this.#db.select({ firstName: sql<string>`split_part(btrim(${accounts.borrower}), ' ', 1)` })
      .from(accounts).where(and(eq(accounts.accountKey, accountKey), eq(accounts.phone, phone), isNull(accounts.goneSince)))
    return account?.firstName
  }

  /** The letters and digits of its id, whether it is to be found or not. */
  async verifiedKeyIn (callId: string, at: Date): Promise<string | undefined> {
    const [account] = await this.#db.select({ key: accounts.accountKey })
      .from(verifiedCalls)
      .innerJoin(accounts, eq(accounts.accountId, verifiedCalls.accountId))
      .where(and(eq(verifiedCalls.callId, callId), gt(verifiedCalls.expiresAt, at)))
    return account?.key
  }

  /** Whether a payment is due; of an account that is not to be found none is. It tells no more. */
  async isDue (accountId: string): Promise<boolean> {
    return await this.#db.$count(accounts, and(eq(accounts.accountId, accountId), isNull(accounts.goneSince), gt(accounts.nextPaymentMinor, 0))) > 0
  }
}
