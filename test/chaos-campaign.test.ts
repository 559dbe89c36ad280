import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import t from 'tap'
import { freePort, startPostgres, startRedis } from '@karani/local-stack'
import { migrate, Records } from '@karani/records'
import { silentPhone, startCarrier } from '@karani/simulator'
import { latestAfterOptOut, MOST_DELAY_MS, openingAfter, outsideHours, repeated, tooOften } from './chaos-judge.ts'
import { planChaos } from './chaos-plan.ts'
import { OptOuts, troubleClock, TroubledRedis, troubleWorkers } from './chaos-troubles.ts'
import { CompressedClock } from './compressed-clock.ts'
import { DialWorkers } from './fixture/dial-workers.ts'
import { LENDER_LINE } from './lines.ts'

const env = (name: string, fallback: number): number => Number(process.env[name] ?? fallback)
const SEED = env('CHAOS_SEED', Math.floor(Math.random() * 2 ** 31))
const LEADS = env('CHAOS_LEADS', 200)
const WORKERS = env('CHAOS_WORKERS', 4)
/** How long there is trouble at most, and until when everything has ended. */
const CHAOS_MS = env('CHAOS_MS', 40_000)
const MAX_MS = env('CHAOS_MAX_MS', CHAOS_MS + 115_000)
const SPEED = 10
const CALM_SPEED = 20
const EVENING_MS = 5_000

const replay = `CHAOS_SEED=${SEED} CHAOS_LEADS=${LEADS} CHAOS_WORKERS=${WORKERS} CHAOS_MS=${CHAOS_MS} npx tap --disable-coverage --timeout=${Math.ceil(MAX_MS / 1000) + 60} test/chaos-campaign.test.ts`
t.comment(`the same trouble again: ${replay}`)
const plan = planChaos(SEED)
const everybody = Array.from({ length: LEADS }, (_, n) => n)
const phones = everybody.map(n => `+2547${10_000_000 + n}`)
const leadOf = new Map(phones.map((phone, n) => [phone, n]))

const [postgres, redisServer] = await Promise.all([startPostgres(), freePort().then(port => startRedis({ port }))])
await migrate(postgres.url)
const db = new pg.Client(postgres.url)
await db.connect()
const clock = await CompressedClock.start(db, new Date('2026-11-24T07:00:00Z'), SPEED) // Tuesday, 10:00 in Nairobi
const records = new Records({ url: postgres.url })
const voice = createServer((_, response) => response.setHeader('content-type', 'application/xml').end('<Response><Hangup/></Response>'))
await once(voice.listen(0, '127.0.0.1'), 'listening')

/** Labels of the requests for calls, whatever the carrier made of them. */
const asked: Array<string | undefined> = []
const requests = new Map<number, number>()
const nth = (counts: Map<number, number>, lead: number): number => counts.set(lead, (counts.get(lead) ?? 0) + 1).get(lead)!
const carrier = await startCarrier({
  numbers: [{ number: LENDER_LINE }],
  maxEndedCalls: 100_000,
  behaviour: {
    dialFault: ({ to, label }) => {
      asked.push(label)
      const lead = leadOf.get(to[0]!)!
      return plan.dialFault(lead, nth(requests, lead))
    },
    outboundRingMs: 400,
    completedToVoice: false
  }
})
const rings = new Map<number, number>()
for (const [lead, phone] of phones.entries()) {
  carrier.subscribe(phone, () => {
    const does = plan.callee(lead, nth(rings, lead))
    return does === 'answer' ? { does, phone: silentPhone() } : { does }
  })
}

await db.query("insert into dialling.campaigns (campaign_id, name, line, purpose, state, created_at) select c, c, $1, 'reminder', 'running', dialling.now() from unnest(array['one', 'two']) c", [LENDER_LINE])
await db.query(`insert into business.accounts (account_id, borrower, phone, national_id_last4, birth_year, balance_minor, next_payment_minor, currency, due_on, status, language)
  select 'LN-' || (5000 + n), 'Somebody', '+2547' || (10000000 + n), '1234', 1990, 100000, 50000, 'KES', '2026-11-27', 'current', 'en-KE' from generate_series(0, $1 - 1) n`, [LEADS])
await db.query(`insert into dialling.consents (consent_id, phone, purpose, basis, given_at)
  select 'consent-' || n, '+2547' || (10000000 + n), 'reminder', 'consent', '2025-01-01' from generate_series(0, $1 - 1) n`, [LEADS])
await db.query(`insert into dialling.leads (lead_id, campaign_id, position, phone, subject, state, due_at, planned_at)
  select 'lead-' || n, case n % 2 when 0 then 'one' else 'two' end, n, '+2547' || (10000000 + n), 'LN-' || (5000 + n), 'waiting', dialling.now(), dialling.now() from generate_series(0, $1 - 1) n`, [LEADS])

const redis = new TroubledRedis(redisServer)
const optOuts = new OptOuts(records)
await optOuts.racing(db, everybody.flatMap(lead => {
  const race = plan.optOutRace(lead)
  return race === null ? [] : [{ ...race, phone: phones[lead]! }]
}))
const workers = await DialWorkers.start({
  count: WORKERS,
  env: {
    PATH: process.env['PATH'],
    LOG_LEVEL: process.env['CHAOS_LOG'] ?? 'silent',
    REDIS_URL: redisServer.url,
    DATABASE_URL: postgres.url,
    LINES_FILE: resolve('config/lines.json'),
    PUBLIC_URL: `http://127.0.0.1:${(voice.address() as AddressInfo).port}`,
    SAUTIKIT_API_URL: carrier.url,
    SAUTIKIT_API_KEY: carrier.apiKey,
    CALLS_PER_SECOND: '200',
    MAX_OUTBOUND_CALLS: '1000',
    MODEL_SESSIONS: '2000',
    INBOUND_RESERVE: '0'
  }
})
t.teardown(async () => {
  await workers.stop()
  voice.close()
  voice.closeAllConnections()
  await Promise.all([carrier.close(), records.close(), db.end()])
  await Promise.all([postgres.stop(), redis.stop()])
})
const startedAt = performance.now()
const seconds = (): number => Math.round((performance.now() - startedAt) / 1000)
const calm = AbortSignal.timeout(CHAOS_MS)
let dialledInTrouble = 0
calm.addEventListener('abort', () => {
  dialledInTrouble = carrier.dialled.length
  void clock.run(CALM_SPEED)
})

const over = new AbortController()
const trouble = AbortSignal.any([calm, over.signal])
const troubles = [troubleWorkers(workers, plan, trouble), redis.trouble(plan, trouble), optOuts.atRandom(phones, plan, trouble), troubleClock(clock, plan, trouble)] as const
await everythingEnded()
if (!calm.aborted) dialledInTrouble = carrier.dialled.length
over.abort()
const [, , , jumps] = await Promise.all(troubles)
await workers.stop()
t.comment(`${LEADS} leads, ${carrier.dialled.length} dials (${dialledInTrouble} in trouble), ${workers.kills} kills, redis ${JSON.stringify(redis.counts)}, ${jumps} clock jumps, ${optOuts.since.size} opt-outs (${optOuts.races} racing), ${seconds()} s, ${Math.min(seconds(), CHAOS_MS / 1000)} of them in trouble`)

/**
 * When nobody is being dialled, it is the instant at which those are due who come next. The evening is short: whoever the rules have not put
 * off by its end is asked about again in the morning.
 */
async function everythingEnded (): Promise<void> {
  let closedSince: number | null = null
  while (performance.now() - startedAt < MAX_MS) {
    await wait(500)
    const { rows: [row] } = await db.query(`select count(*) filter (where state <> 'done')::int as left, count(*) filter (where state = 'dialling' or state = 'waiting' and due_at <= dialling.now())::int as busy,
      (select max(due_at) from dialling.leads where state = 'waiting' and due_at <= (select min(due_at) from dialling.leads where state = 'waiting') + interval '2 hours') as due from dialling.leads`)
    if (process.env['CHAOS_PROGRESS'] !== undefined && seconds() % 10 === 0) console.error(`# ${seconds()} s: ${clock.now.toISOString()} ${row.left} left, ${row.busy} busy, ${carrier.dialled.length} dials, ${workers.kills} kills`)
    if (row.left === 0) return
    const opening = openingAfter(clock.now)
    closedSince = opening <= clock.now ? null : closedSince ?? performance.now()
    if (closedSince !== null && performance.now() - closedSince > EVENING_MS) await clock.advanceTo(opening)
    else if (row.busy === 0) await clock.advanceTo(row.due)
  }
}

t.test('the carrier is asked once for an attempt, and nobody is dialled twice', async (t) => {
  t.ok(carrier.dialled.length > 0)
  t.strictSame(repeated(asked), [])
  t.strictSame(repeated(carrier.dialled.map(({ clientRequestId }) => clientRequestId)), [])
  t.strictSame(tooOften(carrier.dialled, clock), [])
})

t.test('nobody is dialled after opting out', async (t) => {
  const latest = latestAfterOptOut(carrier.dialled, optOuts.since)
  t.comment(`the latest dial ${latest} ms after an opt-out was committed`)
  t.ok(latest <= MOST_DELAY_MS, `at most ${MOST_DELAY_MS} ms after it`)
  const { rows } = await db.query('select attempt_id from dialling.test_stopped')
  const stopped = new Set(rows.map(({ attempt_id: id }) => id))
  t.strictSame(carrier.dialled.filter(({ clientRequestId }) => stopped.has(clientRequestId)), [], 'nor when it came before the last look at the rules')
})

t.test('nobody is dialled outside the hours', async (t) => {
  t.strictSame(outsideHours(carrier.dialled, clock), [])
})

t.test('every row is in exactly one final state, and so is every attempt', async (t) => {
  const { rows: open } = await db.query("select lead_id, state, due_at, attempts from dialling.leads where state <> 'done' or outcome is null or done_at is null")
  t.strictSame(open, [])
  const { rows: attempts } = await db.query("select attempt_id, state from dialling.dial_attempts where state not in ('ended', 'unknown', 'withdrawn')")
  t.strictSame(attempts, [])
  const { rows: outcomes } = await db.query('select outcome, count(*)::int from dialling.leads group by outcome order by outcome')
  t.equal(outcomes.reduce((all, { count }) => all + count, 0), LEADS)
  t.comment(JSON.stringify(Object.fromEntries(outcomes.map(({ outcome, count }) => [outcome, count]))))
})

t.test('what the carrier dialled is what the ledger knows', async (t) => {
  const { rows } = await db.query("select attempt_id, phone from dialling.dial_attempts where state not in ('reserved', 'withdrawn')")
  const known = new Map(rows.map(({ attempt_id: id, phone }) => [id, phone]))
  t.strictSame(carrier.dialled.filter(({ clientRequestId, to }) => known.get(clientRequestId) !== to), [])
  const reached = await db.query("select phone from dialling.leads where outcome in ('reached', 'no-answer', 'busy')")
  const dialled = new Set(carrier.dialled.map(({ to }) => to))
  t.strictSame(reached.rows.filter(({ phone }) => !dialled.has(phone)), [])
})

t.test('no worker ends by itself', async (t) => { t.equal(workers.ends, 0, replay) })
