import { randomBytes } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { lockPeople, lockPerson } from './person-lock.ts'
import { accounts } from '../schema/lending.ts'
import { stops, type STOP_CHANNELS, type STOP_REASONS, type STOP_SCOPES } from '../schema/dialling.ts'

export type StopReason = typeof STOP_REASONS[number]
/** What must not happen any more: reminders of a debt, any automated call, a message of any kind. Each includes the one before. */
export type StopScope = typeof STOP_SCOPES[number]

/** By which way a stop came in that was said in no call. */
export type StopChannel = typeof STOP_CHANNELS[number]

/** After which nothing is said about a debt in the call, unless a person of the team says it. */
export const COLLECTION_STOPS = ['dispute', 'hardship', 'minor', 'wrong-party'] as const satisfies readonly StopReason[]
export type CollectionStop = typeof COLLECTION_STOPS[number]

/** What staff may record that was said in no call, and what each stops. */
const STAFF_SCOPES = { 'opt-out': 'calls', 'wrong-party': 'calls', minor: 'calls', dispute: 'reminders', hardship: 'reminders' } as const satisfies Partial<Record<StopReason, StopScope>>
export type StaffReason = keyof typeof STAFF_SCOPES
export const STAFF_REASONS = Object.keys(STAFF_SCOPES) as readonly StaffReason[]

/** Why somebody must not be dialled. It is about the number, the borrower of the account, or both; with neither, about whoever was in the call. */
export interface Stop {
  /** E.164. */
  readonly phone: string | null
  readonly accountId: string | null
  readonly reason: StopReason
  readonly scope: StopScope
  readonly callId: string | null
  /** How many turns the caller had finished when it was said. */
  readonly callerTurn: number | null
  readonly at: Date
  /** From here on it holds no more; null: until somebody of the team lifts it. */
  readonly until: Date | null
}

export interface CollectionStopped { readonly reason: CollectionStop, readonly callerTurn: number | null }

const newStopId = (): string => `stop-${randomBytes(8).toString('hex')}`

/** People who must not be dialled, and why. */
export class Stops {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /**
   * In force at once. A call has one stop for each reason: said again, it takes over whose it is, the wider scope and the
   * newer end. Whoever is about to dial either has begun to ask the carrier before this returns, or finds the stop.
   */
  async stop ({ at, ...stop }: Stop): Promise<void> {
    await lockPerson(this.#db, { phone: stop.phone, subject: stop.accountId })
    await this.#db.insert(stops).values({ ...stop, stopId: newStopId(), since: at })
      .onConflictDoUpdate({
        target: [stops.callId, stops.reason],
        set: {
          phone: sql`coalesce(excluded.phone, ${stops.phone})`,
          accountId: sql`coalesce(excluded.account_id, ${stops.accountId})`,
          scope: sql`case when 'all' in (excluded.scope, ${stops.scope}) then 'all' else excluded.scope end`,
          until: sql`excluded.until`
        }
      })
  }

  /**
   * Somebody must not be called for a reason that was told in no call: the number, and where an account is named its borrower and their number.
   * @returns false when there is no such account, and no number was given
   */
  async record ({ phone, accountId, reason }: Pick<Stop, 'phone' | 'accountId'> & { readonly reason: StaffReason }, channel: StopChannel, at: Date): Promise<boolean> {
    const [account] = accountId === null ? [] : await this.#db.select({ accountId: accounts.accountId, phone: accounts.phone }).from(accounts).where(eq(accounts.accountId, accountId))
    const numbers = [...new Set([phone, account?.phone ?? null])].filter(number => number !== null)
    const subject = account?.accountId ?? null
    await lockPeople(this.#db, [...numbers, subject])
    for (const number of numbers) {
      await this.#db.insert(stops).values({ stopId: newStopId(), phone: number, accountId: subject, reason, scope: STAFF_SCOPES[reason], channel, since: at })
    }
    return numbers.length > 0
  }

  /** The same for many numbers, of which those that have such a stop already are left as they are. @returns how many had none */
  async recordAll (people: ReadonlyArray<{ readonly phone: string, readonly reason: StaffReason }>, channel: StopChannel): Promise<number> {
    await lockPeople(this.#db, people.map(({ phone }) => phone))
    const rows = people.map(({ phone, reason }) => ({ phone, reason, scope: STAFF_SCOPES[reason] }))
    const { rowCount } = await this.#db.execute(sql`
      insert into dialling.stops (stop_id, phone, reason, scope, channel, since)
      select 'stop-' || replace(gen_random_uuid()::text, '-', ''), phone, reason, scope, ${channel}, now()
      from (select distinct phone, reason, scope from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (phone text, reason text, scope text)) row
      where not exists (select from dialling.stops where stops.phone = row.phone and stops.reason = row.reason and stops.scope in (row.scope, 'all') and until is null)`)
    return rowCount ?? 0
  }

  /** What was said in this call that ends the talk of a debt, and in which turn of the caller. */
  async ofCollectionIn (callId: string): Promise<CollectionStopped[]> {
    const rows = await this.#db.select({ reason: stops.reason, callerTurn: stops.callerTurn }).from(stops)
      .where(and(eq(stops.callId, callId), inArray(stops.reason, [...COLLECTION_STOPS])))
    return rows as CollectionStopped[]
  }
}
