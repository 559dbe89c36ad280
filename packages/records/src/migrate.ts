import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { withConnection } from './database.ts'

/** The same from `src` and from `dist`. */
const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url))
/** Any number that nobody else locks in this database. */
const MIGRATION_LOCK = 7_254_140_001

/**
 * Brings the database to the schema of this version. Processes that come together wait for the first; a migration that
 * fails leaves nothing behind. Migrations only add, so that the version before this one goes on working.
 */
export async function migrate (databaseUrl: string): Promise<void> {
  await withConnection(databaseUrl, async db => {
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK}::bigint)`) // until the connection ends
    await applyMigrations(db, { migrationsFolder: MIGRATIONS_FOLDER })
  })
}
