import { and, count, eq, inArray, sql, type SQL } from 'drizzle-orm'
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

/**
 * A query of one row at most, `n`: a slot, from 1 to `calls`, that no live call has; whoever else looks for one before this transaction
 * ends gets another. That no two live calls have one slot is an index of the table: so there are never more than slots. Any of them, since
 * the first is what all others want too: then it may have been taken, and committed, since this statement began.
 */
export const freeSlot = ({ calls }: DialRoom): SQL => sql`
  with free as materialized (
    select n from generate_series(1, ${calls}::integer) n
    where not exists (select from dialling.dial_attempts where slot = n and state in ('reserved', 'posting', 'posted'))
    order by random()
  )
  select n from free where pg_try_advisory_xact_lock(${SLOT_LOCKS}::integer, n) limit 1`

/** Whoever asks of a line that is bounded, waits until those who asked before have reserved. */
export async function hasRoomOnLine (db: Database, { ofLine }: DialRoom, line: string): Promise<boolean> {
  const calls = ofLine(line)
  if (calls === Infinity) return true
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`outbound calls of ${line}`}, 0))`)
  const [live] = await db.select({ count: count() }).from(dialAttempts)
    .innerJoin(leads, eq(leads.leadId, dialAttempts.leadId)).innerJoin(campaigns, eq(campaigns.campaignId, leads.campaignId))
    .where(and(inArray(dialAttempts.state, [...LIVE]), eq(campaigns.line, line)))
  return live!.count < calls
}
