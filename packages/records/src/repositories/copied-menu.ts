import { sql } from 'drizzle-orm'
import type { MenuCard } from '@karani/business-systems'
import type { Database } from '../database.ts'

/** The menu as the restaurant's till has it. */
export class CopiedMenu {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** When the till told it; null when any of it came from elsewhere, or there is none. */
  async copiedAt (): Promise<Date | null> {
    const { rows: [row] } = await this.#db.execute<{ copied_at: string | null }>(sql`
      select case when count(*) = count(copied_at) then min(copied_at) end as copied_at from business.menu_items`)
    const copiedAt = row?.copied_at ?? null
    return copiedAt === null ? null : new Date(copiedAt)
  }

  /** In the place of all that is there; who keeps one at the same time waits. Lives in a transaction. */
  async keep ({ currency, items, modifiers }: MenuCard, at: Date): Promise<void> {
    await this.#db.execute(sql`lock table business.menu_items in share row exclusive mode`)
    await this.#db.execute(sql`delete from business.menu_items`)
    await this.#db.execute(sql`
      insert into business.menu_items (sku, position, name, aliases, modifiers, price_minor, currency, available, copied_at)
      select sku, position, name, array(select jsonb_array_elements_text(aliases)), array(select jsonb_array_elements_text(modifiers)), "priceMinor", ${currency}, available, ${at}
      from jsonb_to_recordset(${JSON.stringify(items.map((item, position) => ({ ...item, position })))}::jsonb)
        as items (sku text, position integer, name text, aliases jsonb, modifiers jsonb, "priceMinor" bigint, available boolean)`)
    await this.#db.execute(sql`delete from business.menu_modifiers`)
    await this.#db.execute(sql`
      insert into business.menu_modifiers (name, aliases, price_minor)
      select name, array(select jsonb_array_elements_text(aliases)), "priceMinor"
      from jsonb_to_recordset(${JSON.stringify(modifiers)}::jsonb) as modifiers (name text, aliases jsonb, "priceMinor" bigint)`)
  }
}
