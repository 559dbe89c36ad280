import { and, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { callTimes, closedDays, campaigns, consents, dialAttempts, leads, notices } from '../schema/campaigns.ts'
import { callRecords, stops } from '../schema/dialling.ts'
import { accounts } from '../schema/lending.ts'
import { shipments } from '../schema/courier.ts'

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
  readonly consents: ReadonlyArray<typeof consents.$inferSelect>
  /** To this person, of all campaigns; those that were never asked for are not among them. */
  readonly attempts: readonly DialAttempt[]
  /** When this person rang us and talked. */
  readonly conversations: readonly Date[]
  readonly callTimes: ReadonlyArray<typeof callTimes.$inferSelect>
  readonly closedDays: ReadonlyArray<typeof closedDays.$inferSelect>
  readonly noticeSentAt: Date | null
  /** The number is that of the borrower or the recipient themselves. */
  readonly isOwnNumber: boolean
}

/** Reads `LeadFacts`. `besides`: an attempt that does not count, because it is the one that is asked about. */
export async function leadFacts (db: Database, lead: Lead, at: Date, besides: string | null): Promise<LeadFacts> {
  const { phone, subject } = lead
  const since = new Date(at.getTime() - HISTORY_DAYS * 24 * 3600 * 1000)
  const [campaign] = await db.select().from(campaigns).where(eq(campaigns.campaignId, lead.campaignId))
  const attempts = await db.select().from(dialAttempts)
    .where(and(eq(dialAttempts.phone, phone), gt(dialAttempts.reservedAt, since), sql`${dialAttempts.state} <> 'withdrawn'`)).orderBy(desc(dialAttempts.reservedAt))
  const talks = await db.select({ at: callRecords.startedAt }).from(callRecords)
    .where(and(eq(callRecords.caller, phone), eq(callRecords.direction, 'inbound'), gt(callRecords.startedAt, since), gt(callRecords.durationMs, 0)))
  const [notice] = await db.select().from(notices).where(eq(notices.subject, subject))
  return {
    lead,
    campaign: campaign!,
    stops: await db.select().from(stops).where(or(eq(stops.phone, phone), eq(stops.accountId, subject))),
    consents: await db.select().from(consents).where(and(eq(consents.phone, phone), or(isNull(consents.subject), eq(consents.subject, subject)))),
    attempts: attempts.filter(({ attemptId }) => attemptId !== besides),
    conversations: talks.flatMap(({ at }) => at ?? []),
    callTimes: await db.select().from(callTimes).where(and(eq(callTimes.phone, phone), gt(callTimes.endsAt, since))),
    closedDays: await db.select().from(closedDays),
    noticeSentAt: notice?.sentAt ?? null,
    isOwnNumber: await isOwnNumber(db, lead)
  }
}

async function isOwnNumber (db: Database, { phone, subject }: Lead): Promise<boolean> {
  const owners = await db.select({ phone: accounts.phone }).from(accounts).where(eq(accounts.accountId, subject))
    .unionAll(db.select({ phone: shipments.recipientPhone }).from(shipments).where(inArray(shipments.trackingId, [subject])))
  return owners.some(owner => owner.phone === phone)
}
