import pg from 'pg'
import { decide } from '@karani/calling-rules'
import { dialQuestion } from '@karani/campaigns'
import { startPostgres } from '@karani/local-stack'
import { migrate, Records, type Decide } from '@karani/records'

/**
 * Decisions per second with the transaction that reserves: the person's lock, all facts, the rules, the decision and the attempt as rows, and
 * room for so many calls. On this machine's PostgreSQL, with its own disk. `node --conditions=@karani/source --import tsx bench/decide-on-postgres.ts [leads] [concurrency]`
 */
const LEADS = Number(process.argv[2] ?? 4_000)
const CONCURRENCY = Number(process.argv[3] ?? 10)

const postgres = await startPostgres()
await migrate(postgres.url)
const db = new pg.Client(postgres.url)
await db.connect()
await db.query("insert into dialling.campaigns (campaign_id, name, line, purpose, state, created_at) values ('bench', 'bench', '+254711000001', 'reminder', 'running', now())")
await db.query("insert into dialling.leads (lead_id, campaign_id, position, phone, subject, state, due_at, planned_at) select 'lead-' || n, 'bench', n, '+2547' || (10000000 + n), 'LN-' || n, 'waiting', now(), now() from generate_series(1, $1) n", [LEADS])
await db.query("insert into dialling.consents (consent_id, phone, purpose, basis, given_at) select 'c-' || n, '+2547' || (10000000 + n), 'reminder', 'consent', now() from generate_series(1, $1) n", [LEADS])
await db.query("insert into business.accounts (account_id, borrower, phone, national_id_last4, birth_year, balance_minor, next_payment_minor, currency, due_on, status, language) select 'LN-' || n, 'S', '+2547' || (10000000 + n), '1234', 1990, 1, 1, 'KES', now(), 'current', 'en-KE' from generate_series(1, $1) n", [LEADS])
await db.query('analyze')
const records = new Records({ url: postgres.url, maxConnections: CONCURRENCY, statementTimeoutMs: 30_000 })

/** As in earnest, but always on a Tuesday morning. */
const asOnTuesday: Decide = (facts, at) => {
  const tuesday = new Date('2026-11-24T07:00:00Z')
  const question = dialQuestion({ ...facts, lead: { ...facts.lead, plannedAt: tuesday } }, at, { askerClock: tuesday, countries: ['KE'], tenant: {} })
  return { question, decision: decide(question, tuesday) }
}

/** Calls end as fast as they begin. */
const ending = setInterval(() => { void db.query("update dialling.dial_attempts set state = 'ended' where state = 'reserved'") }, 100)

let next = 1
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
console.log(JSON.stringify({ leads: LEADS, concurrency: CONCURRENCY, perSecond: Math.round(LEADS / seconds), results: Object.fromEntries(results) }))
clearInterval(ending)
await records.close()
await db.end()
await postgres.stop()
