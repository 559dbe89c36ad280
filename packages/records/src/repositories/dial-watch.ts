import { and, arrayOverlaps, eq, inArray, or, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { callbacks } from '../schema/calls.ts'
import { callTimes, campaigns, dialAttempts } from '../schema/campaigns.ts'
import { callRecords, stops } from '../schema/dialling.ts'
import { promises } from '../schema/lending.ts'
import { paymentIntents } from '../schema/payments.ts'
import type { DialAttempt } from './lead-facts.ts'
import type { StopReason } from './stops.ts'

/** An attempt that somebody should look after. */
export interface OpenAttempt {
  readonly attemptId: string
  readonly phone: string
  readonly line: string
  readonly carrierCallIds: readonly string[]
  /** Since it entered its state. */
  readonly ageMs: number
}

/** What was written in a call, and of it. */
export interface WrittenInCall {
  readonly stops: readonly StopReason[]
  readonly paid: boolean
  readonly promised: boolean
  /** When the person wants to be called again. */
  readonly callAgainAt: Date | null
  /** Somebody of the team is to call back. */
  readonly human: boolean
  /** The clerk talked, and nobody replied: a machine, or a phone in a pocket. Known once the call has its record. */
  readonly noReply: boolean
}

/** Since when an attempt is in its state. */
const SINCE = { reserved: dialAttempts.reservedAt, posting: dialAttempts.postingAt, posted: dialAttempts.postedAt, ended: dialAttempts.endedAt } as const
/** Whoever takes an attempt has this long to look after it before others take it too. */
const CHECK_EVERY_S = 10

/** What the dial ledger has left open, and what is known of it. Lives in a transaction. */
export class DialWatch {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** Attempts that have been in this state for so long; whoever takes at the same time gets others. An ended one is taken once, if somebody talked. */
  async take (state: keyof typeof SINCE, olderThanS: number, everyS = CHECK_EVERY_S): Promise<OpenAttempt[]> {
    const isDue = state === 'ended'
      ? sql`conversation and (checked_at is null or checked_at < ${SINCE.ended})`
      : sql`(checked_at is null or checked_at < dialling.now() - make_interval(secs => ${everyS}))`
    const { rows } = await this.#db.execute<{ attempt_id: string, phone: string, line: string, carrier_call_ids: string[], age_ms: string }>(sql`
      with taken as (
        select attempt_id from dialling.dial_attempts
        where state = ${state} and ${SINCE[state]} < dialling.now() - make_interval(secs => ${olderThanS}) and ${isDue}
        order by reserved_at limit 100 for update skip locked
      )
      update dialling.dial_attempts set checked_at = dialling.now()
      from taken, dialling.leads, dialling.campaigns
      where dial_attempts.attempt_id = taken.attempt_id and leads.lead_id = dial_attempts.lead_id and campaigns.campaign_id = leads.campaign_id
      returning dial_attempts.attempt_id, dial_attempts.phone, campaigns.line, dial_attempts.carrier_call_ids,
        extract(epoch from dialling.now() - ${SINCE[state]}) * 1000 as age_ms`)
    return rows.map(row => ({ attemptId: row.attempt_id, phone: row.phone, line: row.line, carrierCallIds: row.carrier_call_ids, ageMs: Number(row.age_ms) }))
  }

  /** The attempt that a call belongs to, by any of its names; its own id is one. */
  async attemptOf (names: readonly string[]): Promise<DialAttempt | undefined> {
    const [attempt] = await this.#db.select().from(dialAttempts)
      .where(or(inArray(dialAttempts.attemptId, [...names]), arrayOverlaps(dialAttempts.carrierCallIds, [...names]))).limit(1)
    return attempt
  }

  /** Which of these names of calls are known to be of an attempt. */
  async knownNames (names: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = names.length === 0 ? [] : await this.#db.select({ names: dialAttempts.carrierCallIds }).from(dialAttempts).where(arrayOverlaps(dialAttempts.carrierCallIds, [...names]))
    return new Set(rows.flatMap(({ names }) => names))
  }

  /** `names`: all that the call goes by. */
  async writtenIn (names: readonly string[]): Promise<WrittenInCall> {
    const calls = [...names]
    const said = await this.#db.select({ reason: stops.reason }).from(stops).where(inArray(stops.callId, calls))
    const [time] = await this.#db.select({ at: callTimes.startsAt }).from(callTimes).where(and(inArray(callTimes.callId, calls), eq(callTimes.kind, 'callback')))
    return {
      stops: said.map(({ reason }) => reason),
      paid: await this.#db.$count(paymentIntents, and(inArray(paymentIntents.callId, calls), eq(paymentIntents.state, 'paid'))) > 0,
      promised: await this.#db.$count(promises, inArray(promises.callId, calls)) > 0,
      callAgainAt: time?.at ?? null,
      human: await this.#db.$count(callbacks, inArray(callbacks.callId, calls)) > 0,
      noReply: await this.#db.$count(callRecords, and(inArray(callRecords.callId, calls), eq(callRecords.endedBy, 'no-reply'))) > 0
    }
  }

  /** The carrier calls nobody for nothing: all campaigns pause until somebody resumes them. @returns how many did */
  async walletIsEmpty (): Promise<number> {
    const paused = await this.#db.update(campaigns).set({ state: 'paused', pausedBy: 'wallet' }).where(eq(campaigns.state, 'running')).returning({ id: campaigns.campaignId })
    return paused.length
  }
}
