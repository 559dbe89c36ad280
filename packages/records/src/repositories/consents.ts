import { randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { consents } from '../schema/campaigns.ts'

/** Who agreed to be called, to what, and how that can be shown. */
export type Consent = Readonly<Omit<typeof consents.$inferSelect, 'consentId' | 'withdrawnAt'>>

/** Without a row here nobody is called. Lives in a transaction. */
export class Consents {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  async give (consent: Consent): Promise<void> {
    await this.#db.insert(consents).values({ ...consent, consentId: `consent-${randomBytes(8).toString('hex')}` })
  }

  /** Of one purpose, or of all. It stays as the evidence of calls that were made. */
  async withdraw (phone: string, purpose: Consent['purpose'] | null, at: Date): Promise<void> {
    await this.#db.update(consents).set({ withdrawnAt: at })
      .where(and(eq(consents.phone, phone), isNull(consents.withdrawnAt), purpose === null ? undefined : eq(consents.purpose, purpose)))
  }
}
