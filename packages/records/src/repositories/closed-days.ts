import { and, asc, eq, gte } from 'drizzle-orm'
import type { CalendarDay } from '@karani/calendar'
import type { Database } from '../database.ts'
import { closedDays } from '../schema/campaigns.ts'

/** A day on which nobody is called in a country, though its calendar knows of nothing: a feast that was declared yesterday. */
export interface ClosedDay {
  /** ISO 3166. */
  readonly country: string
  readonly day: CalendarDay
  readonly name: string
}

/** Days that the operator has closed. They are read with the facts of each decision, so that they hold from the commit on. */
export class ClosedDays {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** Again: under the newer name. */
  async close (closed: ClosedDay): Promise<void> {
    await this.#db.insert(closedDays).values(closed).onConflictDoUpdate({ target: [closedDays.country, closedDays.day], set: { name: closed.name } })
  }

  /** @returns false when the day was not closed */
  async reopen ({ country, day }: Pick<ClosedDay, 'country' | 'day'>): Promise<boolean> {
    const rows = await this.#db.delete(closedDays).where(and(eq(closedDays.country, country), eq(closedDays.day, day))).returning()
    return rows.length > 0
  }

  /** From this day on, in their order. */
  async since (day: CalendarDay): Promise<ClosedDay[]> {
    return await this.#db.select().from(closedDays).where(gte(closedDays.day, day)).orderBy(asc(closedDays.day), asc(closedDays.country))
  }
}
