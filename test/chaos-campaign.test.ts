import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import t from 'tap'
import { policyOf } from '@karani/calling-rules'
import { freePort, startPostgres, startRedis } from '@karani/local-stack'
import { migrate, Records } from '@karani/records'
import { silentPhone, startCarrier, type DialFault } from '@karani/simulator'
import { CompressedClock } from './compressed-clock.ts'
import { LENDER_LINE } from './lines.ts'

const LEADS = Number(process.env['CHAOS_LEADS'] ?? 100)
const WORKERS = Number(process.env['CHAOS_WORKERS'] ?? 3)
const SEED = Number(process.env['CHAOS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
/** How long processes and stores are in trouble; and until when, with what is left of trouble, everything has ended. */
const CHAOS_MS = Number(process.env['CHAOS_MS'] ?? 30_000)
const MAX_MS = Number(process.env['CHAOS_MAX_MS'] ?? 180_000)
/** A worker asks the carrier within a second of the decision, and the carrier dials within half of one. */
const TOLERANCE_MS = 2_000
const SPEED = 10
const CALM_SPEED = 20
const WORKER = fileURLToPath(new URL('fixture/dial-worker.ts', import.meta.url))

/** Mulberry32: the same seed is the same trouble, as far as processes and networks repeat themselves. */
let state = SEED
function random (): number {
  state = (state + 0x6d2b79f5) | 0
  let x = Math.imul(state ^ (state >>> 15), 1 | state)
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
  return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
}
const between = (least: number, most: number): number => least + random() * (most - least)

const FAULTS: ReadonlyArray<readonly [share: number, fault: DialFault]> = [
  [0.05, { does: 'cut before' }], [0.05, { does: 'cut during' }], [0.05, { does: 'cut after' }], [0.03, { does: 'status', status: 500 }], [0.04, { does: 'status after', status: 502 }],
  [0.04, { does: 'status', status: 429, retryAfterS: 1 }], [0.02, { does: 'status', status: 422 }], [0.05, { does: 'slow', ms: 300 }]
]
function trouble (): DialFault | null {
  let dice = random()
  return FAULTS.find(([share]) => (dice -= share) < 0)?.[1] ?? null
}

const redisPort = await freePort()
const [postgres, firstRedis] = await Promise.all([startPostgres(), startRedis({ port: redisPort })])
let redis = firstRedis
await migrate(postgres.url)
const db = new pg.Client(postgres.url)
await db.connect()
const clock = new CompressedClock(db)
await clock.set(new Date('2026-11-24T14:52:00Z'), SPEED) // Tuesday, 17:52 in Nairobi: the window closes while they dial
const records = new Records({ url: postgres.url })
const voice = createServer((_, response) => response.setHeader('content-type', 'application/xml').end('<Response><Hangup/></Response>'))
await once(voice.listen(0, '127.0.0.1'), 'listening')
const carrier = await startCarrier({ numbers: [{ number: LENDER_LINE }], maxEndedCalls: 100_000, behaviour: { dialFault: trouble, outboundRingMs: 400, completedToVoice: false } })

const phoneOf = (n: number): string => `+2547${10_000_000 + n}`
for (let n = 0; n < LEADS; n++) {
  const dice = random()
  carrier.subscribe(phoneOf(n), () => dice < 0.7 ? { does: 'answer', phone: silentPhone() } : dice < 0.85 ? { does: 'busy' } : { does: 'ring out' })
}
await db.query("insert into dialling.campaigns (campaign_id, name, line, purpose, state, created_at) select c, c, $1, 'reminder', 'running', dialling.now() from unnest(array['one', 'two']) c", [LENDER_LINE])
await db.query(`insert into business.accounts (account_id, borrower, phone, national_id_last4, birth_year, balance_minor, next_payment_minor, currency, due_on, status, language)
  select 'LN-' || (5000 + n), 'Somebody', '+2547' || (10000000 + n), '1234', 1990, 100000, 50000, 'KES', '2026-11-27', 'current', 'en-KE' from generate_series(0, $1 - 1) n`, [LEADS])
await db.query(`insert into dialling.consents (consent_id, phone, purpose, basis, given_at)
  select 'consent-' || n, '+2547' || (10000000 + n), 'reminder', 'consent', '2025-01-01' from generate_series(0, $1 - 1) n`, [LEADS])
await db.query(`insert into dialling.leads (lead_id, campaign_id, position, phone, subject, state, due_at, planned_at)
  select 'lead-' || n, case n % 2 when 0 then 'one' else 'two' end, n, '+2547' || (10000000 + n), 'LN-' || (5000 + n), 'waiting', dialling.now(), dialling.now() from generate_series(0, $1 - 1) n`, [LEADS])

const workers = new Set<ChildProcess>()
let isTrouble = CHAOS_MS > 0
let isOver = false
let kills = 0
/** Each worker lives for 200 to 1,500 ms from its first round on. */
function startWorker (): void {
  const worker = fork(WORKER, {
    execArgv: ['--conditions=@karani/source', '--import', 'tsx'],
    env: {
      PATH: process.env['PATH'],
      LOG_LEVEL: process.env['CHAOS_LOG'] ?? 'silent',
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.url,
      LINES_FILE: resolve('config/lines.json'),
      PUBLIC_URL: `http://127.0.0.1:${(voice.address() as AddressInfo).port}`,
      SAUTIKIT_API_URL: carrier.url,
      SAUTIKIT_API_KEY: carrier.apiKey,
      CALLS_PER_SECOND: '50',
      MAX_OUTBOUND_CALLS: '500',
      MODEL_SESSIONS: '1000',
      INBOUND_RESERVE: '0'
    }
  })
  workers.add(worker)
  worker.once('message', () => {
    setTimeout(() => { if (isTrouble && worker.kill('SIGKILL')) kills++ }, between(200, 1_500)).unref()
  })
  worker.once('exit', () => {
    workers.delete(worker)
    if (!isOver) startWorker()
  })
}
for (let n = 0; n < WORKERS; n++) startWorker()

const redisTroubles = { flushed: 0, frozen: 0, killed: 0 }
async function troubleRedis (): Promise<void> {
  for (;;) {
    await wait(between(3_000, 9_000))
    if (!isTrouble) return
    const dice = random()
    if (dice < 0.4) {
      redisTroubles.flushed++
      const connection = new (await import('ioredis')).Redis(redis.url, { maxRetriesPerRequest: 1 }).on('error', () => {})
      await connection.flushall().catch(() => {})
      connection.disconnect()
    } else if (dice < 0.7) {
      redisTroubles.frozen++
      redis.freeze()
      await wait(between(300, 2_000))
      redis.thaw()
    } else {
      redisTroubles.killed++
      await redis.kill()
      await wait(between(100, 1_000))
      redis = await startRedis({ port: redisPort })
    }
  }
}

const optedOut = new Map<string, Date>()
async function optOut (): Promise<void> {
  for (;;) {
    if (!isTrouble) return
    await wait(between(200, 2_000))
    const phone = phoneOf(Math.floor(random() * LEADS))
    if (optedOut.has(phone)) continue
    const stop = { phone, accountId: null, reason: 'opt-out', scope: 'calls', callId: null, callerTurn: null, at: clock.now, until: null } as const
    if (await records.write(async ({ stops }) => await stops.stop(stop)).then(() => true, () => false)) optedOut.set(phone, new Date())
  }
}

/** When nobody is left to be dialled today, it is the instant at which somebody is due. */
async function turnClock (deadline: number): Promise<void> {
  let isFast = false
  while (performance.now() < deadline) {
    await wait(500)
    if (!isTrouble && !isFast) await clock.set(clock.now, CALM_SPEED)
    isFast = !isTrouble
    const { rows: [row] } = await db.query(`select count(*) filter (where state <> 'done')::int as left, count(*) filter (where state = 'dialling' or state = 'waiting' and due_at <= dialling.now())::int as busy,
      min(due_at) filter (where state = 'waiting') as due from dialling.leads`)
    if (row.left === 0) return
    if (row.busy === 0) await clock.set(row.due, isFast ? CALM_SPEED : SPEED)
  }
}

const startedAt = performance.now()
const troubles = [troubleRedis(), optOut()]
setTimeout(() => { isTrouble = false }, CHAOS_MS).unref()
await turnClock(startedAt + MAX_MS)
isOver = true
await Promise.all(troubles)
const exits = [...workers].map(async worker => { worker.kill('SIGKILL'); await once(worker, 'exit') })
await Promise.all(exits)
t.comment(`seed ${SEED}: ${LEADS} leads, ${carrier.dialled.length} dials, ${kills} kills, redis ${JSON.stringify(redisTroubles)}, ${optedOut.size} opt-outs, ${Math.round((performance.now() - startedAt) / 1000)} s`)
t.teardown(async () => {
  voice.close()
  voice.closeAllConnections()
  await Promise.all([carrier.close(), records.close(), db.end()])
  await Promise.all([postgres.stop(), redis.stop()])
})

t.test('nobody is dialled twice for one attempt, nor again at once', async (t) => {
  const labels = carrier.dialled.map(({ clientRequestId }) => clientRequestId)
  t.equal(new Set(labels).size, labels.length)
  t.ok(labels.every(label => label !== undefined))
  for (const phone of new Set(carrier.dialled.map(({ to }) => to))) {
    const dials = carrier.dialled.filter(({ to }) => to === phone).map(({ at }) => clock.at(at).getTime())
    if (dials.length < 2) continue
    t.ok(dials.length <= 3, 'three tries')
    for (const [n, dial] of dials.entries()) if (n > 0) t.ok(dial - dials[n - 1]! > 14 * 60_000, 'spaced')
  }
})

t.test('nobody is dialled after opting out', async (t) => {
  const late = carrier.dialled.filter(({ to, at }) => at.getTime() > (optedOut.get(to)?.getTime() ?? Infinity) + TOLERANCE_MS)
  t.strictSame(late, [])
})

t.test('nobody is dialled outside the window', async (t) => {
  const { usual } = policyOf('KE')!.windows
  for (const { at } of carrier.dialled) {
    const inNairobi = (instant: Date): { day: keyof typeof usual, time: string } => {
      const local = new Date(instant.getTime() + 3 * 3_600_000)
      return { day: (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const)[local.getUTCDay()]!, time: local.toISOString().slice(11, 16) }
    }
    const times = [clock.at(at), clock.at(new Date(at.getTime() - TOLERANCE_MS))].map(inNairobi)
    t.ok(times.some(({ day, time }) => usual[day] !== null && time >= usual[day]![0] && time < usual[day]![1]), times[0]!.time)
  }
})

t.test('every row is in exactly one final state, and so is every attempt', async (t) => {
  const { rows: open } = await db.query("select lead_id, state, due_at, attempts from dialling.leads where state <> 'done' or outcome is null or done_at is null")
  t.strictSame(open, [])
  const { rows: attempts } = await db.query("select attempt_id, state from dialling.dial_attempts where state not in ('ended', 'unknown', 'withdrawn')")
  t.strictSame(attempts, [])
  const { rows: outcomes } = await db.query('select outcome, count(*)::int from dialling.leads group by outcome order by outcome')
  t.comment(JSON.stringify(Object.fromEntries(outcomes.map(({ outcome, count }) => [outcome, count]))))
})

t.test('what the carrier dialled is what the ledger knows', async (t) => {
  const { rows } = await db.query("select attempt_id from dialling.dial_attempts where state in ('withdrawn')")
  const withdrawn = new Set(rows.map(({ attempt_id: id }) => id))
  t.strictSame(carrier.dialled.filter(({ clientRequestId }) => withdrawn.has(clientRequestId)), [], 'none that was taken back')
})
