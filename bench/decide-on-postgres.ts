import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { decide } from '@karani/calling-rules'
import { dialQuestion } from '@karani/campaigns'
import { startPostgres } from '@karani/local-stack'
import { migrate, Records, type Decide } from '@karani/records'

/**
 * Decisions per second with the transaction that reserves: the person's lock, all facts, the rules, the decision and the attempt as rows, and
 * room for so many calls. On this machine's PostgreSQL, with its own disk. With a history: so many calls that ended, each with its decision
 * and its record, in the two months before, to six times as many people as are due, and a fifth as many stops of others.
 * `node --conditions=@karani/source --import tsx bench/decide-on-postgres.ts [leads] [concurrency] [history]`
 */
const LEADS = Number(process.argv[2] ?? 4_000)
const CONCURRENCY = Number(process.argv[3] ?? 10)
const HISTORY = Number(process.argv[4] ?? 0)

const postgres = await startPostgres()
await migrate(postgres.url)
const db = new pg.Client(postgres.url)
await db.connect()
await db.query("insert into dialling.campaigns (campaign_id, name, line, purpose, state, created_at) values ('bench', 'bench', '+254711000001', 'reminder', 'running', now())")
await db.query("insert into dialling.leads (lead_id, campaign_id, position, phone, subject, state, due_at, planned_at) select 'lead-' || n, 'bench', n, '+2547' || (10000000 + n), 'LN-' || n, 'waiting', now(), now() from generate_series(1, $1) n", [LEADS])
await db.query("insert into dialling.consents (consent_id, phone, purpose, basis, given_at) select 'c-' || n, '+2547' || (10000000 + n), 'reminder', 'consent', now() from generate_series(1, $1) n", [LEADS])
await db.query("insert into business.accounts (account_id, borrower, phone, national_id_last4, birth_year, balance_minor, next_payment_minor, currency, due_on, status, language) select 'LN-' || n, 'S', '+2547' || (10000000 + n), '1234', 1990, 1, 1, 'KES', now(), 'current', 'en-KE' from generate_series(1, $1) n", [LEADS])
await db.query("create temporary table history as select n, '+2547' || (10000000 + n % ($2 * 6)) as phone, now() - interval '10 days' - random() * interval '50 days' as at from generate_series(1, $1::integer) n", [HISTORY, LEADS])
await db.query("insert into dialling.campaigns (campaign_id, name, line, purpose, state, created_at) values ('past', 'past', '+254711000001', 'reminder', 'running', now())")
await db.query("insert into dialling.leads (lead_id, campaign_id, position, phone, subject, state, due_at, planned_at, attempts, outcome, done_at) select 'past-' || n, 'past', n, phone, 'LN-' || n, 'done', at, at, 1, 'promised', at from history")
await db.query("insert into dialling.dial_attempts (attempt_id, lead_id, phone, subject, state, slot, reserved_at, posting_at, posted_at, ended_at, carrier_call_ids, outcome, conversation) select 'past-' || n, 'past-' || n, phone, 'LN-' || n, 'ended', n % 200, at, at, at, at, array['HD-' || n], 'promised', true from history")
await db.query("insert into dialling.decisions (lead_id, attempt_id, decided_at, verdict, policy_version, question) select 'past-' || n, 'past-' || n, at, 'call-now', 'past', jsonb_build_object('asked', repeat('x', 500)) from history")
await db.query("insert into dialling.call_records (call_id, status, direction, caller, started_at, duration_ms) select 'past-' || n, 'completed', case when n % 10 = 0 then 'inbound' else 'outbound' end, phone, at, 60000 from history")
await db.query("insert into dialling.stops (stop_id, phone, account_id, reason, scope, since) select 'past-' || n, '+2548' || (10000000 + n), 'STOPPED-' || n, 'opt-out', 'calls', at from history where n % 5 = 0")
await db.query('vacuum analyze')
await db.query('checkpoint')
const records = new Records({ url: postgres.url, maxConnections: CONCURRENCY, statementTimeoutMs: 30_000 })

/** As in earnest, but always on a Tuesday morning. */
const asOnTuesday: Decide = (facts, at) => {
  const tuesday = new Date('2026-11-24T07:00:00Z')
  const question = dialQuestion({ ...facts, lead: { ...facts.lead, plannedAt: tuesday } }, at, { askerClock: tuesday, countries: ['KE'], tenant: {}, closedDays: [] })
  return { question, decision: decide(question, tuesday) }
}

/** Calls end as fast as they begin. */
const over = new AbortController()
const ending = (async () => {
  while (!over.signal.aborted) {
    await db.query("update dialling.dial_attempts set state = 'ended' where state = 'reserved'")
    await wait(100)
  }
})()

/** What this process, and PostgreSQL for its connections, have computed so far. Linux counts in hundredths of a second. */
async function computed (): Promise<{ node: number, postgres: number }> {
  const { user, system } = process.cpuUsage()
  const { rows } = await db.query<{ pid: number }>("select pid from pg_stat_activity where backend_type = 'client backend'")
  const ticks = await Promise.all(rows.map(async ({ pid }) => (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]!.split(' ').slice(11, 13)))
  return { node: (user + system) / 1_000, postgres: ticks.flat().reduce((sum, n) => sum + Number(n) * 10, 0) }
}

let next = 1
const before = await computed()
const results = new Map<string, number>()
const startedAt = performance.now()
await Promise.all(Array.from({ length: CONCURRENCY }, async () => {
  while (next <= LEADS) {
    const n = next++
    const { result } = await records.write(async ({ dialLedger }) => await dialLedger.reserve(`lead-${n}`, `dial-${n}`, { calls: 200, ofLine: () => Infinity }, asOnTuesday))
    results.set(result, (results.get(result) ?? 0) + 1)
  }
}))
const seconds = (performance.now() - startedAt) / 1_000
const round = (ms: number): number => Math.round(ms * 100) / 100
const after = await computed()
const each = { node: round((after.node - before.node) / LEADS), postgres: round((after.postgres - before.postgres) / LEADS) }
console.log(JSON.stringify({ leads: LEADS, concurrency: CONCURRENCY, history: HISTORY, perSecond: Math.round(LEADS / seconds), computedMsEach: each, results: Object.fromEntries(results) }))
over.abort()
await ending
await records.close()
await db.end()
await postgres.stop()
