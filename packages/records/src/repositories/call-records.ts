import { getTableColumns, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import type { Database } from '../database.ts'
import { callRecords } from '../schema/dialling.ts'

/** What is known of a call; null is not known, or not yet. */
export type CallRecord = typeof callRecords.$inferSelect

/** The records of calls, one row each. Lives in a transaction. */
export class CallRecords {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /**
   * Writes what `compose` knows of the call. Writers of one call wait for each other from before they look until they have
   * written, so the last row written is the one that knows most. What is known already is never forgotten, what was
   * written with the conversation known is not overwritten without it, and the status never goes back. Null from
   * `compose` writes nothing.
   */
  async write (callId: string, compose: () => Promise<CallRecord | null>): Promise<void> {
    await this.#db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`record of call ${callId}`}, 0))`)
    const record = await compose()
    if (record !== null) await this.#db.insert(callRecords).values(record).onConflictDoUpdate({ target: callRecords.callId, set: MERGE })
  }
}

const MERGE = Object.fromEntries(Object.entries(getTableColumns(callRecords)).map(([name, column]) => {
  const written = sql`excluded.${sql.identifier(toSnakeCase(name))}`
  const knowsLess = sql`excluded.timeline is null and ${callRecords.timeline} is not null`
  return [name, name === 'status' ? sql`greatest(${column}, ${written})` : sql`case when ${knowsLess} then coalesce(${column}, ${written}) else coalesce(${written}, ${column}) end`]
}))
