import { eq, inArray, not, or, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Database } from '../database.ts'
import type { SystemName } from './system-effects.ts'

/** Whose facts are meant: by the letters and digits of an id, in capitals, or those that the system names for a phone number. */
export type CopyQuery = { readonly key: string } | { readonly phone: string }

/** What there is of a copy. */
export interface CopyAge {
  /** Null when it was never copied, or is not to be found any more. */
  readonly copiedAt: Date | null
  /** By the database's clock: an answer to a question that is asked from now on knows of whatever was told before. */
  readonly seenAt: Date
}

/** Where the copies of one kind of facts are, and how they are written. */
export interface CopyTable<Facts> {
  readonly system: SystemName
  readonly table: PgTable
  readonly id: PgColumn
  readonly key: PgColumn
  readonly phone: PgColumn
  idOf (facts: Facts): string
  /** Puts these, one or none, in the place of what is there. */
  put (facts: readonly Facts[], copiedAt: Date): SQL
}

/** Copies of what a business's own system has: rows that are written over with its answers. */
export class SystemCopies<Facts> {
  readonly #db: Database
  readonly #copies: CopyTable<Facts>

  constructor (db: Database, copies: CopyTable<Facts>) {
    this.#db = db
    this.#copies = copies
  }

  /** Of the facts with this id; null: of none. */
  async ageOf (key: string | null): Promise<CopyAge> {
    const { table } = this.#copies
    const { rows: [row] } = await this.#db.execute<{ copied_at: string | null, seen_at: string }>(sql`
      select (select copied_at from ${table} where ${eq(this.#copies.key, key ?? '')} and gone_since is null) as copied_at, clock_timestamp() as seen_at`)
    const { copied_at: copiedAt, seen_at: seenAt } = row!
    return { copiedAt: copiedAt === null ? null : new Date(copiedAt), seenAt: new Date(seenAt) }
  }

  /**
   * Keeps the answer to a question that was asked after `seenAt`; null: there are no such facts. Whatever else goes by that id or
   * number is not to be found any more. Where something happened here of which the system had not heard when it was asked, the
   * copy knows more, and stays. The work for it does not tell whether there was an answer. Lives in a transaction.
   */
  async keep (query: CopyQuery, facts: Facts | null, { seenAt, at }: { readonly seenAt: Date, readonly at: Date }): Promise<void> {
    const { table, id, system, idOf, put } = this.#copies
    const isMeant = this.#named(query)
    const isAnswer = inArray(id, facts === null ? [] : [idOf(facts)])
    await this.#db.execute(sql`select from ${table} where ${or(isMeant, isAnswer)} order by ${id} for no key update`) // what changes it meanwhile comes before this, or after
    const { rows: unheard } = await this.#db.execute(sql`
      select from business.system_effects where system = ${system} and subject = ${facts === null ? null : idOf(facts)} and kind <> 'promised'
      and (state = 'pending' or settled_at >= ${seenAt}) limit 1`)
    await this.#db.execute(sql`update ${table} set gone_since = ${at} where ${isMeant} and ${not(isAnswer)}`)
    await this.#db.execute(put(facts === null || unheard.length > 0 ? [] : [facts], at))
  }

  #named (query: CopyQuery): SQL {
    return 'key' in query ? eq(this.#copies.key, query.key) : eq(this.#copies.phone, query.phone)
  }
}
