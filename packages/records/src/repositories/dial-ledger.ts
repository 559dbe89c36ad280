import { and, eq, sql } from 'drizzle-orm'
import type { DialDecision, DialQuestion } from '@karani/calling-rules'
import { prepared, type Database } from '../database.ts'
import { decisions, dialAttempts, leads, LEAD_OUTCOMES } from '../schema/campaigns.ts'
import { hasRoomOnLine, type DialRoom } from './dial-room.ts'
import { rowReader, type JsonRow } from './json-rows.ts'
import { leadFacts, type DialAttempt, type Lead, type LeadFacts } from './lead-facts.ts'
import { lockPersonOfAttempt, lockPersonOfLead } from './person-lock.ts'
import { reserveAttempt } from './reserve-attempt.ts'

export type LeadOutcome = typeof LEAD_OUTCOMES[number]

/** Puts what is known as a question, and decides. Pure; `clockOffsetMs` is how far the deciding clock is set off, 0 in earnest. */
export type Decide = (facts: LeadFacts, at: Date, clockOffsetMs: number) => { readonly question: DialQuestion, readonly decision: DialDecision }

export type Reservation =
  | { readonly result: 'reserved', readonly attempt: DialAttempt, readonly facts: LeadFacts }
  /** The rules say no, now or for good; the lead knows why and until when. */
  | { readonly result: 'denied', readonly decision: DialDecision }
  /** As many calls as may be live are live. */
  | { readonly result: 'no-room' }
  /** There is nothing to be done about this lead now: it is done, being dialled, not due, or its campaign does not run. */
  | { readonly result: 'not-due' }

/** When a lead that has been dialled so many times is dialled again; null: never. Pure. */
export type Again = (attempts: number, at: Date) => Date | null

/** What an attempt came to. */
export interface AttemptEnd {
  readonly outcome: LeadOutcome
  readonly conversation: boolean
  readonly costMinor: number | null
  readonly currency: string | null
  readonly again: Again
}

const leadOf = rowReader(leads)

/**
 * The dial ledger: `reserved` -> `posting` -> `posted` -> `ended`, each step a compare-and-set, so that whoever comes second
 * finds that it is done. The carrier may be asked for a call only by whoever made it `posting`, and only once.
 * The clock is the database's. Each method is one transaction of its caller; a person's rows are behind one lock.
 */
export class DialLedger {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** Asks the rules, in the transaction that holds the person, and reserves an attempt if they allow one. The decision is kept in any case. */
  async reserve (leadId: string, attemptId: string, room: DialRoom, decide: Decide): Promise<Reservation> {
    await lockPersonOfLead(this.#db, leadId)
    const now = await this.#leadNow(leadId)
    if (now?.lead.state !== 'waiting' || now.lead.dueAt > now.at) return { result: 'not-due' }
    const { lead, at, offsetMs } = now
    const facts = await leadFacts(this.#db, lead, at, null)
    if (facts.campaign.state !== 'running') return { result: 'not-due' }
    const { question, decision } = decide(facts, at, offsetMs)
    if (decision.verdict !== 'call-now') {
      await this.#keep(leadId, null, at, question, decision)
      await this.#deny(leadId, at, decision)
      return { result: 'denied', decision }
    }
    if (!await hasRoomOnLine(this.#db, room, facts.campaign.line)) return { result: 'no-room' }
    const attempt = await reserveAttempt(this.#db, room, { attemptId, lead, at, question, decision })
    return attempt === null ? { result: 'no-room' } : { result: 'reserved', attempt, facts }
  }

  /**
   * From here on the carrier may be asked, by whoever gets true. The rules are asked once more: somebody may have opted out, or the
   * campaign been paused, since the attempt was reserved. Then it is withdrawn, and the lead waits again or is refused.
   */
  async beginPosting (attemptId: string, decide: Decide): Promise<boolean> {
    const attempt = await this.#lockAttempt(attemptId)
    if (attempt?.state !== 'reserved') return false
    const { lead, at, offsetMs } = (await this.#leadNow(attempt.leadId))!
    const facts = await leadFacts(this.#db, lead, at, attemptId)
    const { question, decision } = decide(facts, at, offsetMs)
    if (decision.verdict === 'call-now' && facts.campaign.state === 'running') {
      await this.#set(attemptId, { state: 'posting', postingAt: at })
      return true
    }
    await this.#withdraw(attempt, at)
    if (decision.verdict !== 'call-now') {
      await this.#keep(attempt.leadId, attemptId, at, question, decision)
      await this.#deny(attempt.leadId, at, decision)
    }
    return false
  }

  /** The carrier has the call. Also for one that was found there later, after nobody knew. */
  async posted (attemptId: string, carrierCallIds: readonly string[]): Promise<void> {
    const attempt = await this.#lockAttempt(attemptId)
    if (attempt === undefined) return
    const names = [...new Set([...attempt.carrierCallIds, ...carrierCallIds])]
    const at = await this.#clock()
    const isNews = attempt.state === 'posting'
    await this.#set(attemptId, { carrierCallIds: names, ...(isNews && { state: 'posted', postedAt: at }) })
  }

  /** Nobody was called, and that is certain: the carrier was never asked, or takes no calls now. The lead is due again after `delayMs`; the attempt was none. */
  async withdraw (attemptId: string, delayMs: number): Promise<void> {
    const attempt = await this.#lockAttempt(attemptId)
    if (attempt?.state !== 'reserved' && attempt?.state !== 'posting') return
    const at = await this.#clock()
    await this.#withdraw(attempt, new Date(at.getTime() + delayMs))
  }

  /** Nobody was called, because the carrier does not take this very call, or whoever was to place it died of it. It counts among the tries of the lead, not of the person. */
  async refused (attemptId: string, from: 'reserved' | 'posting', again: Again): Promise<void> {
    const attempt = await this.#lockAttempt(attemptId)
    if (attempt?.state !== from) return
    const at = await this.#clock()
    await this.#set(attemptId, { state: 'withdrawn', outcome: 'failed', endedAt: at })
    await this.#settle(attempt, 'failed', again, at)
  }

  /**
   * The outcome is known. The first one stands, except that what was written in the call may be known later than its end: another outcome
   * takes its place as long as nothing followed from the first. @returns whether anything is new
   */
  async end (attemptId: string, { outcome, conversation, costMinor, currency, again }: AttemptEnd): Promise<boolean> {
    const attempt = await this.#lockAttempt(attemptId)
    if (attempt === undefined || !['posting', 'posted', 'unknown', 'ended'].includes(attempt.state)) return false
    const lead = await this.#leadOf(attempt)
    const isCorrection = attempt.state === 'ended'
    if (isCorrection && (attempt.outcome === outcome || lead.state !== 'done' || lead.outcome !== attempt.outcome)) return false
    const at = await this.#clock()
    await this.#set(attemptId, { state: 'ended', endedAt: attempt.endedAt ?? at, outcome, conversation, costMinor, currency })
    if (lead.state !== 'done' || lead.outcome === 'unknown' || isCorrection) await this.#settle(attempt, outcome, again, at)
    return true
  }

  /** Nobody can tell whether the person was called: it is not tried again, and a person looks into it. */
  async giveUp (attemptId: string): Promise<boolean> {
    const attempt = await this.#lockAttempt(attemptId)
    if (attempt?.state !== 'posting' && attempt?.state !== 'posted') return false
    const at = await this.#clock()
    await this.#set(attemptId, { state: 'unknown', endedAt: at })
    await this.#db.update(leads).set({ state: 'done', outcome: 'unknown', doneAt: at }).where(eq(leads.leadId, attempt.leadId))
    return true
  }

  async #clock (): Promise<Date> {
    const { rows } = await this.#db.execute<{ at: string }>(sql`select dialling.now() as at`)
    return new Date(rows[0]!.at)
  }

  /** The lead, which nobody else writes from here on, and the instant. */
  async #leadNow (leadId: string): Promise<{ lead: Lead, at: Date, offsetMs: number } | undefined> {
    const [row] = await prepared<{ lead: JsonRow, at: Date, offset_ms: string }>(this.#db, 'lead now', sql`
      select to_jsonb(leads) as lead, dialling.now() as at, extract(epoch from dialling.clock_offset()) * 1000 as offset_ms
      from dialling.leads where lead_id = ${leadId} for update`)
    return row === undefined ? undefined : { lead: leadOf(row.lead), at: row.at, offsetMs: Number(row.offset_ms) }
  }

  async #keep (leadId: string, attemptId: string | null, at: Date, question: DialQuestion, decision: DialDecision): Promise<void> {
    const { verdict, policyVersion } = decision
    await this.#db.insert(decisions).values({
      leadId,
      attemptId,
      decidedAt: at,
      verdict,
      policyVersion,
      question,
      reason: 'reason' in decision ? decision.reason : null,
      callAt: 'at' in decision ? new Date(decision.at) : null
    })
  }

  async #deny (leadId: string, at: Date, decision: DialDecision): Promise<void> {
    if (decision.verdict === 'call-at') {
      const dueAt = new Date(decision.at)
      const isReplanned = decision.reason === 'stale-job'
      await this.#db.update(leads).set({ dueAt, reason: decision.reason, queuedAt: null, ...(isReplanned && { plannedAt: dueAt }) }).where(eq(leads.leadId, leadId))
    } else if (decision.verdict === 'never') {
      await this.#db.update(leads).set({ state: 'done', outcome: 'refused', doneAt: at, reason: decision.reason }).where(eq(leads.leadId, leadId))
    }
  }

  async #withdraw ({ attemptId, leadId }: DialAttempt, dueAt: Date): Promise<void> {
    await this.#set(attemptId, { state: 'withdrawn' })
    await this.#db.update(leads).set({ state: 'waiting', dueAt, attempts: sql`${leads.attempts} - 1`, queuedAt: null })
      .where(and(eq(leads.leadId, leadId), eq(leads.state, 'dialling')))
  }

  /** What becomes of the lead after a try that counts. */
  async #settle ({ leadId }: DialAttempt, outcome: LeadOutcome, again: Again, at: Date): Promise<void> {
    const [lead] = await this.#db.select({ attempts: leads.attempts }).from(leads).where(eq(leads.leadId, leadId))
    const dueAt = again(lead!.attempts, at)
    await this.#db.update(leads).set(dueAt === null
      ? { state: 'done', outcome, doneAt: at, reason: null }
      : { state: 'waiting', outcome: null, doneAt: null, dueAt, plannedAt: dueAt, queuedAt: null }
    ).where(eq(leads.leadId, leadId))
  }

  async #lockAttempt (attemptId: string): Promise<DialAttempt | undefined> {
    await lockPersonOfAttempt(this.#db, attemptId)
    const [attempt] = await this.#db.select().from(dialAttempts).where(eq(dialAttempts.attemptId, attemptId)).for('update')
    return attempt
  }

  async #leadOf ({ leadId }: DialAttempt): Promise<Lead> {
    const [lead] = await this.#db.select().from(leads).where(eq(leads.leadId, leadId)).for('update')
    return lead!
  }

  async #set (attemptId: string, values: Partial<typeof dialAttempts.$inferInsert>): Promise<void> {
    await this.#db.update(dialAttempts).set(values).where(eq(dialAttempts.attemptId, attemptId))
  }
}

export type { Campaign, DialAttempt, Lead, LeadFacts } from './lead-facts.ts'
export type { DialRoom } from './dial-room.ts'
