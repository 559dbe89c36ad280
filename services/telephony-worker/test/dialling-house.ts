import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { silentPhone, startCarrier, type Carrier, type CarrierBehaviour, type CarrierOptions, type SimulatedCall } from '@karani/simulator'
import { build, stores, type Stores } from './helper.ts'

export const LINE = '+254711000001'
export const LINES_FILE = resolve(import.meta.dirname, '../../../config/lines.json')

export interface DiallingHouse extends Stores {
  readonly carrier: Carrier
  readonly behaviour: { dialFault: CarrierBehaviour['dialFault'] }
  readonly env: Record<string, string>
  /** One more worker of this process. */
  worker (env?: Record<string, string>): Promise<FastifyInstance>
  campaign (id?: string, line?: string): Promise<string>
  /** Somebody who may be called, and is to be, now. @returns the lead's id */
  lead (n: number, campaignId?: string): Promise<string>
  leadRow (leadId: string): Promise<Record<string, any>>
  attempts (leadId: string): Promise<Array<Record<string, any>>>
  /** Time passes for everything that waits in the ledger. */
  age (seconds: number): Promise<void>
  dialsTo (n: number): number
}

export const phoneOf = (n: number): string => `+2547123${String(n).padStart(5, '0')}`

/** How far the database's clock is set off, so that it is a Tuesday, 10:00 in Nairobi. */
export function tuesdayMorning (now: Date): number {
  const tuesday = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + (2 - now.getUTCDay() + 7) % 7, 7)
  return tuesday - now.getTime()
}

/** Everything around the worker that is no part of it: a carrier whose subscribers ring out unless told otherwise, and the stores, on a Tuesday morning. */
export async function diallingHouse (t: Test, { numbers = [{ number: LINE }], walletMinor = 1_000_000_000, behaviour: differences }: Partial<CarrierOptions> = {}): Promise<DiallingHouse> {
  const house = await stores(t)
  const { db, databaseUrl } = house
  const offset = `${tuesdayMorning(new Date())} milliseconds`
  await db.query(`alter database ${new URL(databaseUrl).pathname.slice(1)} set karani.clock_offset = '${offset}'`)
  await db.query(`set karani.clock_offset = '${offset}'`)
  const behaviour: DiallingHouse['behaviour'] = { dialFault: () => null }
  const carrier = await startCarrier({ numbers, walletMinor, maxEndedCalls: 20_000, behaviour: { dialFault: request => behaviour.dialFault(request), completedToVoice: false, outboundRingMs: 300, ...differences } })
  t.teardown(() => carrier.close())
  const env = {
    SAUTIKIT_API_URL: carrier.url, SAUTIKIT_API_KEY: carrier.apiKey, PUBLIC_URL: 'http://127.0.0.1:1', LINES_FILE, CALLS_PER_SECOND: '100', MAX_OUTBOUND_CALLS: '20', DRAIN_TIMEOUT_MS: '3000'
  }
  const attempts = async (leadId: string) => (await db.query('select * from dialling.dial_attempts where lead_id = $1 order by reserved_at', [leadId])).rows
  return {
    ...house,
    carrier,
    behaviour,
    env,
    attempts,
    worker: async more => await build(t, house, { ...env, ...more }),
    async campaign (id = 'july', line = LINE) {
      await db.query("insert into dialling.campaigns (campaign_id, name, line, purpose, state, created_at) values ($1, $1, $2, 'reminder', 'running', dialling.now()) on conflict do nothing", [id, line])
      return id
    },
    async lead (n, campaignId = 'july') {
      const leadId = `lead-${campaignId}-${n}`
      const [phone, account] = [phoneOf(n), `LN-9${n}`]
      await db.query(`insert into business.accounts (account_id, borrower, phone, national_id_last4, birth_year, balance_minor, next_payment_minor, currency, due_on, status, language)
        values ($1, 'Somebody', $2, '1234', 1990, 100000, 50000, 'KES', dialling.now()::date + 3, 'current', 'en-KE') on conflict do nothing`, [account, phone])
      await db.query("insert into dialling.consents (consent_id, phone, purpose, basis, given_at) values ($1, $2, 'reminder', 'consent', dialling.now() - interval '1 year') on conflict do nothing", [`consent-${n}`, phone])
      await db.query("insert into dialling.leads (lead_id, campaign_id, position, phone, subject, state, due_at, planned_at) values ($1, $2, $3, $4, $5, 'waiting', dialling.now(), dialling.now())", [leadId, campaignId, n, phone, account])
      return leadId
    },
    leadRow: async leadId => (await db.query('select * from dialling.leads where lead_id = $1', [leadId])).rows[0],
    async age (seconds) {
      const by = `interval '${seconds} seconds'`
      await db.query(`update dialling.dial_attempts set reserved_at = reserved_at - ${by}, posting_at = posting_at - ${by}, posted_at = posted_at - ${by}, ended_at = ended_at - ${by}, checked_at = checked_at - ${by}`)
      await db.query(`update dialling.leads set due_at = due_at - ${by}, planned_at = planned_at - ${by}, queued_at = queued_at - ${by} where state = 'waiting'`)
    },
    dialsTo: n => carrier.dialled.filter(({ to }) => to === phoneOf(n)).length
  }
}

/** Answers, listens, and hangs up after a moment. */
export const shortPhone = (): { does: 'answer', phone: ReturnType<typeof silentPhone> } => {
  let ticks = 0
  const phone = silentPhone()
  return { does: 'answer', phone: { tick: heard => { ticks++; return phone.tick(heard) }, get hungUp () { return ticks > 3 } } }
}

/** How many of these calls lived at the same time, by the carrier's own account. */
export function mostAtOnce (calls: readonly SimulatedCall[]): number {
  const livedAt = (at: Date) => calls.filter(({ startedAt, endedAt }) => startedAt <= at && (endedAt === null || endedAt > at)).length
  return Math.max(...calls.map(({ startedAt }) => livedAt(startedAt)))
}

export async function eventually (look: () => Promise<boolean> | boolean, what = 'what was waited for'): Promise<void> {
  const deadline = performance.now() + 45_000
  while (!await look()) {
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`)
    await wait(20)
  }
}
