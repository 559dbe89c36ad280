import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'

/**
 * Until the transaction ends, nobody else decides about calls to this number or about this subject, nor stops them. Both are taken in
 * one order, so that two who want both never wait for each other.
 */
export async function lockPerson (db: Database, { phone, subject }: { phone: string | null, subject: string | null }): Promise<void> {
  await lockPeople(db, [phone, subject])
}

/** The same for several numbers and subjects at once. */
export async function lockPeople (db: Database, numbersAndSubjects: ReadonlyArray<string | null>): Promise<void> {
  const names = [...new Set(numbersAndSubjects)].flatMap(name => name === null ? [] : [`calls to ${name}`]).sort()
  for (const name of names) await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`)
}
