import { sql, type SQL } from 'drizzle-orm'
import { prepared, type Database } from '../database.ts'

/**
 * Until the transaction ends, nobody else decides about calls to this number or about this subject, nor stops them. Both are taken in
 * one order, so that two who want both never wait for each other. What is read in the same statement may be older than the lock:
 * whoever decides reads in the next one.
 */
export async function lockPerson (db: Database, { phone, subject }: { phone: string | null, subject: string | null }): Promise<void> {
  await lockPeople(db, [phone, subject])
}

/** The same for several numbers and subjects at once. */
export async function lockPeople (db: Database, numbersAndSubjects: ReadonlyArray<string | null>): Promise<void> {
  await lockAll(db, 'lock people', sql`select unnest(${sql.param(numbersAndSubjects)}::text[])`)
}

/** The same for the person and the subject of a lead, if there is one. Whom a lead is about never changes. */
export async function lockPersonOfLead (db: Database, leadId: string): Promise<void> {
  await lockAll(db, 'lock person of lead', sql`select unnest(array[phone, subject]) from dialling.leads where lead_id = ${leadId}`)
}

/** The same for those of an attempt. */
export async function lockPersonOfAttempt (db: Database, attemptId: string): Promise<void> {
  await lockAll(db, 'lock person of attempt', sql`select unnest(array[phone, subject]) from dialling.dial_attempts where attempt_id = ${attemptId}`)
}

/** `names`: a query of one column. Null is nobody. */
async function lockAll (db: Database, name: string, names: SQL): Promise<void> {
  await prepared(db, name, sql`
    select pg_advisory_xact_lock(key)
    from (select distinct hashtextextended('calls to ' || name, 0) as key from (${names}) names (name) where name is not null order by key) keys`)
}
