import { and, count, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { campaigns, dialAttempts, leads } from '../schema/campaigns.ts'

/** How many calls may be live: of all, and of one line where that is bounded too. */
export interface DialRoom {
  readonly calls: number
  readonly ofLine: (line: string) => number
}

/** The states of an attempt that may be somebody's telephone ringing. */
export const LIVE = ['reserved', 'posting', 'posted'] as const

/** Any number that nobody else locks in this database; the second number of the lock is the slot. */
const SLOT_LOCKS = 1_814_201
const MAX_TRIES = 3

/**
 * A slot, from 1 to `calls`, that no live call has; whoever else looks for one before this transaction ends gets another. That no two live
 * calls have one slot is an index of the table: so there are never more than slots. Null: there is no room.
 */
export async function takeSlot (db: Database, { calls, ofLine }: DialRoom, line: string): Promise<number | null> {
  if (ofLine(line) !== Infinity && !await hasRoomOnLine(db, line, ofLine(line))) return null
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const { rows: [free] } = await db.execute<{ n: number }>(sql`
      with free as materialized (
        select n from generate_series(1, ${calls}::integer) n
        where not exists (select from dialling.dial_attempts where slot = n and state in ('reserved', 'posting', 'posted'))
      )
      select n from free where pg_try_advisory_xact_lock(${SLOT_LOCKS}::integer, n) limit 1`)
    if (free === undefined) return null
    const isTaken = await db.$count(dialAttempts, and(eq(dialAttempts.slot, free.n), inArray(dialAttempts.state, [...LIVE]))) > 0 // committed since we looked
    if (!isTaken) return free.n
  }
  return null
}

/** Whoever asks of a line, waits until those who asked before have reserved. */
async function hasRoomOnLine (db: Database, line: string, calls: number): Promise<boolean> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`outbound calls of ${line}`}, 0))`)
  const [live] = await db.select({ count: count() }).from(dialAttempts)
    .innerJoin(leads, eq(leads.leadId, dialAttempts.leadId)).innerJoin(campaigns, eq(campaigns.campaignId, leads.campaignId))
    .where(and(inArray(dialAttempts.state, [...LIVE]), eq(campaigns.line, line)))
  return live!.count < calls
}
