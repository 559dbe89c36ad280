import { sql } from 'drizzle-orm'
import { withConnection } from './database.ts'

/**
 * Sets the clock that decides whom to dial off by so many ms, for every connection to come; 0: the true time. For demonstrations and tests:
 * with an offset, only a simulated carrier is asked for calls.
 */
export async function setDecidingClock (databaseUrl: string, offsetMs: number): Promise<void> {
  await withConnection(databaseUrl, async db => {
    const { rows } = await db.execute<{ name: string }>(sql`select current_database() as name`)
    const database = sql.identifier(rows[0]!.name)
    const offset = sql.identifier(`${Math.round(offsetMs)} milliseconds`) // a setting takes no parameter, but a quoted name is as good as a text
    await db.execute(offsetMs === 0 ? sql`alter database ${database} reset karani.clock_offset` : sql`alter database ${database} set karani.clock_offset to ${offset}`)
  })
}
