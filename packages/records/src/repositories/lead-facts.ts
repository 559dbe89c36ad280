import { sql } from 'drizzle-orm'
import { prepared, type Database } from '../database.ts'
import { callTimes, closedDays, campaigns, consents, dialAttempts, whereabouts, type leads } from '../schema/campaigns.ts'
import { stops } from '../schema/dialling.ts'
import { rowReader, type JsonRow } from './json-rows.ts'

export type Lead = Readonly<typeof leads.$inferSelect>
export type Campaign = Readonly<typeof campaigns.$inferSelect>
export type DialAttempt = Readonly<typeof dialAttempts.$inferSelect>

/** Longer than any rule looks back. */
const HISTORY_DAYS = 32

/** All that the rules may ask about a lead, as it is in one transaction. */
export interface LeadFacts {
  readonly lead: Lead
  readonly campaign: Campaign
  /** Of the person or the subject, over or not. */
  readonly stops: ReadonlyArray<typeof stops.$inferSelect>
  /** Those that have run out are not among them, unless they were withdrawn: that may end others. */
  readonly consents: ReadonlyArray<typeof consents.$inferSelect>
  /** To this person, of all campaigns; those that were never asked for are not among them. */
  readonly attempts: readonly DialAttempt[]
  /** When this person rang us and talked. */
  readonly conversations: readonly Date[]
  readonly callTimes: ReadonlyArray<typeof callTimes.$inferSelect>
  readonly closedDays: ReadonlyArray<typeof closedDays.$inferSelect>
  readonly noticeSentAt: Date | null
  /** Null: what the number says is all that is known. */
  readonly whereabouts: Readonly<typeof whereabouts.$inferSelect> | null
  /** Under which other numbers somebody was called about the subject; E.164. */
  readonly otherNumbers: readonly string[]
  /** The number is that of the borrower or the recipient themselves. */
  readonly isOwnNumber: boolean
}

const rowOf = {
  campaign: rowReader(campaigns),
  stop: rowReader(stops),
  consent: rowReader(consents),
  attempt: rowReader(dialAttempts),
  callTime: rowReader(callTimes),
  closedDay: rowReader(closedDays),
  whereabouts: rowReader(whereabouts)
}

interface FactsRow {
  campaign: JsonRow[]
  stops: JsonRow[]
  consents: JsonRow[]
  attempts: JsonRow[]
  call_times: JsonRow[]
  closed_days: JsonRow[]
  whereabouts: JsonRow[]
  other_numbers: string[]
  conversations: string[]
  notice_sent_at: string[]
  is_own_number: boolean
}

/** Reads `LeadFacts`, in one round trip: it is on the way of every dial. `besides`: an attempt that does not count, because it is the one that is asked about. */
export async function leadFacts (db: Database, lead: Lead, at: Date, besides: string | null): Promise<LeadFacts> {
  const { phone, subject, campaignId } = lead
  const since = new Date(at.getTime() - HISTORY_DAYS * 24 * 3600 * 1000)
  const [facts] = await prepared<FactsRow>(db, 'lead facts', sql`select
    array(select to_jsonb(c) from dialling.campaigns c where campaign_id = ${campaignId}) as campaign,
    array(select to_jsonb(s) from dialling.stops s where phone = ${phone} or account_id = ${subject}) as stops,
    array(select to_jsonb(c) from dialling.consents c where phone = ${phone} and (subject is null or subject = ${subject})
      and (expires_at is null or expires_at > ${at} or withdrawn_at is not null)) as consents,
    array(select to_jsonb(a) from dialling.dial_attempts a
      where phone = ${phone} and reserved_at > ${since} and state <> 'withdrawn' and attempt_id is distinct from ${besides}::text order by reserved_at desc) as attempts,
    array(select to_jsonb(t) from dialling.call_times t where phone = ${phone} and ends_at > ${since}) as call_times,
    array(select to_jsonb(d) from dialling.closed_days d) as closed_days,
    array(select to_jsonb(started_at) from dialling.call_records where caller = ${phone} and direction = 'inbound' and started_at > ${since} and duration_ms > 0) as conversations,
    array(select to_jsonb(sent_at) from dialling.notices where subject = ${subject}) as notice_sent_at,
    array(select to_jsonb(w) from dialling.whereabouts w where phone = ${phone}) as whereabouts,
    array(select distinct phone from dialling.dial_attempts where subject = ${subject} and phone <> ${phone}) as other_numbers,
    exists (select from business.accounts where account_id = ${subject} and phone = ${phone})
      or exists (select from business.shipments where tracking_id = ${subject} and recipient_phone = ${phone}) as is_own_number`) as [FactsRow]
  return {
    lead,
    campaign: rowOf.campaign(facts.campaign[0]!),
    stops: facts.stops.map(rowOf.stop),
    consents: facts.consents.map(rowOf.consent),
    attempts: facts.attempts.map(rowOf.attempt),
    conversations: facts.conversations.map(text => new Date(text)),
    callTimes: facts.call_times.map(rowOf.callTime),
    closedDays: facts.closed_days.map(rowOf.closedDay),
    noticeSentAt: facts.notice_sent_at.map(text => new Date(text))[0] ?? null,
    whereabouts: facts.whereabouts.map(rowOf.whereabouts)[0] ?? null,
    otherNumbers: facts.other_numbers,
    isOwnNumber: facts.is_own_number
  }
}
