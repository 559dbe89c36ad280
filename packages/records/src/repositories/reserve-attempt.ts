import { sql } from 'drizzle-orm'
import type { DialDecision, DialQuestion } from '@karani/calling-rules'
import { prepared, type Database } from '../database.ts'
import { dialAttempts } from '../schema/campaigns.ts'
import { freeSlot, type DialRoom } from './dial-room.ts'
import { rowReader, type JsonRow } from './json-rows.ts'
import type { DialAttempt, Lead } from './lead-facts.ts'

/** A call that the rules allow. */
export interface AllowedCall {
  readonly attemptId: string
  /** It waits, and is locked. */
  readonly lead: Lead
  readonly at: Date
  readonly question: DialQuestion
  readonly decision: DialDecision
}

const MAX_TRIES = 3
const attemptOf = rowReader(dialAttempts)

/** Writes the attempt in a slot of its own, the decision, and that the lead is being dialled: in one round trip, and all or nothing. Null: there is no room. */
export async function reserveAttempt (db: Database, room: DialRoom, { attemptId, lead, at, question, decision }: AllowedCall): Promise<DialAttempt | null> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const [row] = await prepared<{ slot: number | null, attempt: JsonRow | null }>(db, 'reserve attempt', sql`
      with slot as materialized (${freeSlot(room)}),
      attempt as (
        insert into dialling.dial_attempts (attempt_id, lead_id, phone, subject, state, slot, reserved_at)
        select ${attemptId}, ${lead.leadId}, ${lead.phone}, ${lead.subject}, 'reserved', n, ${at}::timestamptz from slot
        on conflict (slot) where state in ('reserved', 'posting', 'posted') do nothing
        returning *
      ),
      dialling as (
        update dialling.leads set state = 'dialling', attempts = leads.attempts + 1, reason = null
        from attempt where leads.lead_id = attempt.lead_id
      ),
      decided as (
        insert into dialling.decisions (lead_id, attempt_id, decided_at, verdict, policy_version, question)
        select lead_id, attempt_id, reserved_at, ${decision.verdict}, ${decision.policyVersion}, ${JSON.stringify(question)}::jsonb from attempt
      )
      select (select n from slot) as slot, (select to_jsonb(attempt) from attempt) as attempt`)
    const { slot, attempt } = row!
    if (attempt !== null) return attemptOf(attempt)
    if (slot === null) return null // otherwise somebody had it whose commit we could not see yet: the next statement does
  }
  return null
}
