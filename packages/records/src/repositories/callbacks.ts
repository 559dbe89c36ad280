import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { callbacks } from '../schema/calls.ts'

export interface Callback {
  readonly callId: string
  readonly agent: string
  /** E.164; null when there is no number to ring: it was withheld, or must be left alone. */
  readonly phone: string | null
  readonly reason: string
  readonly summary: string | null
  readonly at: Date
}

/** People whom somebody of the team should call back. */
export class Callbacks {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** A call has one; asked for again, the newer wish stands. */
  async ask ({ at, ...callback }: Callback): Promise<void> {
    const { phone, reason, summary } = callback
    await this.#db.insert(callbacks).values({ ...callback, askedAt: at }).onConflictDoUpdate({ target: callbacks.callId, set: { phone, reason, summary } })
  }

  /** Besides what may have been asked in the call already. */
  async alsoAsk ({ at, ...callback }: Callback): Promise<void> {
    const both = sql`left(${callbacks.reason} || '; ' || excluded.reason, 500)`
    await this.#db.insert(callbacks).values({ ...callback, askedAt: at }).onConflictDoUpdate({ target: callbacks.callId, set: { reason: both, doneAt: null } })
  }
}
