import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { whereabouts } from '../schema/campaigns.ts'
import { accounts } from '../schema/lending.ts'
import { lockPerson } from './person-lock.ts'

/** Where somebody is or may be, other than the number says. */
export interface Whereabouts {
  /** ISO 3166. */
  readonly country: string
  /** IANA. Only where it is confirmed; null: any of the country. */
  readonly zone: string | null
  /** A person made sure: only this country's rules hold. Until then those of the number's country too. */
  readonly isConfirmed: boolean
}

/** What the team has found out about where people are. One word a number, the newest. */
export class WhereaboutsNotes {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /**
   * About a number (E.164), or that of a borrower. Whoever is about to dial has begun, or finds it.
   * @returns false when there is no such account
   */
  async note (whose: { readonly phone: string } | { readonly accountId: string }, where: Whereabouts): Promise<boolean> {
    const phone = 'phone' in whose ? whose.phone : await this.#borrowersNumber(whose.accountId)
    if (phone === undefined) return false
    await lockPerson(this.#db, { phone, subject: null })
    const noted = { ...where, notedAt: sql`dialling.now()` }
    await this.#db.insert(whereabouts).values({ phone, ...noted }).onConflictDoUpdate({ target: whereabouts.phone, set: noted })
    return true
  }

  async #borrowersNumber (accountId: string): Promise<string | undefined> {
    const [account] = await this.#db.select({ phone: accounts.phone }).from(accounts).where(and(eq(accounts.accountId, accountId), isNull(accounts.goneSince)))
    return account?.phone
  }
}
