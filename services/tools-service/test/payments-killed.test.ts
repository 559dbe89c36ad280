import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import pg from 'pg'
import t, { type Test } from 'tap'
import { signCallToken } from '@karani/call-token'
import { paymentsQueue, requestPaymentCheck } from '@karani/queues'
import { AMINA, answersOf, build, LINES_FILE, SECRET, type House } from './helper.ts'
import { payingHouse } from './paying-house.ts'

const REPLICA = fileURLToPath(new URL('fixture/replica.ts', import.meta.url))
const PERSON_MS = 300

const { db, daraja, claims, env, databaseUrl, redisUrl, clock, ...house } = await payingHouse(t, { wallClock: true, alone: true })
const redis = new Redis(redisUrl)
const gate = new pg.Client({ connectionString: databaseUrl })
await gate.connect()
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
const queue = paymentsQueue(connection)
t.teardown(async () => {
  await queue.close()
  connection.disconnect()
  redis.disconnect()
  await gate.end()
})

/** A step of the process that is held up, and how it is seen that the process is there. */
interface CrashPoint {
  readonly title: string
  /** Of a row that is written: whoever writes it waits. */
  readonly held?: { readonly table: string, readonly when: string }
  readonly behaviour?: Parameters<typeof daraja.behave>[0]
  /** Without `held`: true once the process is there. */
  readonly reached?: (callId: string) => Promise<boolean> | boolean
  /** Its callback comes through the queue while the process lives. */
  readonly withCallback?: boolean
  /** The same news must be told however often. */
  readonly breakNews?: boolean
  readonly pushesWhenKilled: number
  readonly end: { readonly state: string, readonly pushes: number }
}

const stateOf = async (callId: string): Promise<string | undefined> => (await db.query('select state from business.payment_intents where call_id = $1', [callId])).rows[0]?.state
const requests = (path: string): number => daraja.requests.filter(({ url }) => url.includes(path)).length
let before = { pushes: 0, tokens: 0, queries: 0 }
const PAID = { state: 'paid', pushes: 1 }

const crashPoints: CrashPoint[] = [
  { title: 'the row is not committed', held: { table: 'payment_intents', when: "tg_op = 'INSERT'" }, pushesWhenKilled: 0, end: PAID },
  { title: 'the row is there, and nobody has taken it', held: { table: 'payment_intents', when: "new.state = 'pushing'" }, pushesWhenKilled: 0, end: PAID },
  { title: 'it is taken, and there is no token yet', behaviour: { tokenReply: 'never' }, reached: () => requests('oauth') > before.tokens, pushesWhenKilled: 0, end: { state: 'unknown', pushes: 0 } },
  { title: 'the phone asks, and the answer is not here', behaviour: { pushReply: 'never' }, reached: () => daraja.pushes.length > before.pushes, pushesWhenKilled: 1, end: PAID },
  { title: 'the answer is here, and not written', held: { table: 'payment_intents', when: "new.state = 'pushed'" }, pushesWhenKilled: 1, end: PAID },
  { title: 'the callback came, and M-Pesa is being asked', withCallback: true, behaviour: { queryReply: 'never' }, reached: () => requests('stkpushquery') > before.queries, pushesWhenKilled: 1, end: PAID },
  { title: 'it is proven, and not written', withCallback: true, held: { table: 'payment_intents', when: "new.state = 'paid'" }, pushesWhenKilled: 1, end: PAID },
  { title: 'it is half booked', withCallback: true, held: { table: 'ledger_entries', when: 'true' }, pushesWhenKilled: 1, end: PAID },
  { title: 'it is booked, and not committed', withCallback: true, held: { table: 'accounts', when: 'new.balance_minor <> old.balance_minor' }, pushesWhenKilled: 1, end: PAID },
  { title: 'it is committed, and not told', withCallback: true, breakNews: true, reached: async callId => await stateOf(callId) === 'paid', pushesWhenKilled: 1, end: PAID },
  { title: 'it is told, and that is not written', withCallback: true, held: { table: 'payment_intents', when: 'old.untold_since is not null and new.untold_since is null' }, pushesWhenKilled: 1, end: PAID }
]

for (const [n, point] of crashPoints.entries()) {
  t.test(`killed when ${point.title}`, async (t) => {
    const callId = `HD_killed_${n}`
    await reset()
    const child = await start(t)
    const ask = caller(callId, child.url)
    await ask('verifyIdentity', answersOf.amina, 1)
    const { output: proposal } = await ask('startMpesaIntent', { amount: 500 }, 1)
    if (point.behaviour !== undefined) daraja.behave({ personMs: PERSON_MS, ...point.behaviour })
    if (point.breakNews) await redis.set('calls:news', 'no stream')
    if (point.held !== undefined) await hold(point.held)

    const confirmation = { amount: 500, confirm: proposal.proposalId }
    const answer = ask('startMpesaIntent', confirmation, 2, 'the-yes').catch(() => undefined)
    if (point.withCallback) {
      await eventually(async () => {
        for (const { callback, intentId } of claims.splice(0)) await requestPaymentCheck(queue, { ...callback, intentId })
        return await isReached(point, callId)
      })
    } else await eventually(async () => await isReached(point, callId))
    child.process.kill('SIGKILL')
    await once(child.process, 'exit')
    await answer
    t.equal(daraja.pushes.length - before.pushes, point.pushesWhenKilled)
    await release()
    daraja.behave({ personMs: PERSON_MS })
    if (point.breakNews) await redis.del('calls:news')

    const replica = await build(t, { env, replicaOf: { ...house, db, databaseUrl, redisUrl, clock } as House })
    const { app, tool } = replica
    clock.now = new Date()
    await tool('startMpesaIntent', confirmation, { callId, callerTurn: 2, id: 'the-yes' })
    await app.payments!.sent()
    await eventually(() => daraja.pushes.slice(before.pushes).every(({ result }) => result !== null))
    await wait(50) // for its callback
    for (const seconds of [6, 31, 31, 61]) {
      clock.now = new Date(clock.now.getTime() + seconds * 1_000)
      for (const { callback, intentId } of claims) await app.payments!.claimed(callback, intentId)
      await app.payments!.check()
    }

    t.equal(daraja.pushes.length - before.pushes, point.end.pushes, 'asked at most once')
    const { rows } = await db.query('select intent_id, state from business.payment_intents where call_id = $1', [callId])
    t.match(rows, [{ state: point.end.state }])
    const { rows: [{ balance }] } = await db.query("select balance_minor::int as balance from business.accounts where account_id = 'LN-1001'")
    t.equal(balance, point.end.state === 'paid' ? 150_000 : 200_000)
    t.equal((await db.query('select from business.ledger_transactions where intent_id = $1', [rows[0].intent_id])).rowCount, point.end.state === 'paid' ? 1 : 0)
    t.equal((await db.query("select from dialling.stops where reason = 'paid'")).rowCount, point.end.state === 'paid' ? 1 : 0, 'reminders stop with the booking')
    const news = (await redis.xrange('calls:news', '-', '+')).map(([, [, text]]) => JSON.parse(text!)).filter(item => item.callId === callId)
    t.equal(new Set(news.map(item => item.newsId)).size, 1, 'the call is told, one thing')
    await app.close()
  })
}

async function isReached ({ held, reached }: CrashPoint, callId: string): Promise<boolean> {
  if (held === undefined) return await reached!(callId)
  return (await db.query("select from pg_locks where locktype = 'advisory' and objid = 4242 and not granted")).rowCount === 1
}

/** Whoever writes such a row waits until the gate is opened. */
async function hold ({ table, when }: NonNullable<CrashPoint['held']>): Promise<void> {
  await gate.query('select pg_advisory_lock(4242)')
  await db.query(`create or replace function business.gate () returns trigger language plpgsql as $$ begin if ${when} then perform pg_advisory_xact_lock(4242); end if; return new; end $$`)
  await db.query(`create trigger gate before insert or update on business.${table} for each row execute function business.gate()`)
}

async function release (): Promise<void> {
  await db.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 4242 and not granted")
  await gate.query('select pg_advisory_unlock_all()')
  for (const table of ['payment_intents', 'ledger_entries', 'accounts']) await db.query(`drop trigger if exists gate on business.${table}`)
}

async function reset (): Promise<void> {
  await queue.obliterate({ force: true })
  claims.length = 0
  clock.now = new Date()
  daraja.behave({ personMs: PERSON_MS })
  await db.query("truncate business.verification_attempts, dialling.stops; update business.accounts set balance_minor = 200000, next_payment_minor = 50000 where account_id = 'LN-1001'; update business.payment_intents set created_at = created_at - interval '1 hour'")
  await db.query("update business.payment_intents set state = 'failed', failure = 'not-sent', settled_at = now(), next_check_at = null, untold_since = null where state not in ('paid', 'failed')")
  before = { pushes: daraja.pushes.length, tokens: requests('oauth'), queries: requests('stkpushquery') }
}

async function start (t: Test): Promise<{ process: ChildProcess, url: string }> {
  const child = fork(REPLICA, { execArgv: ['--conditions=@karani/source', '--import', 'tsx'], env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, CALL_TOKEN_SECRET: SECRET, LINES_FILE, ...env } })
  t.teardown(() => child.kill('SIGKILL'))
  const [url] = await once(child, 'message')
  return { process: child, url }
}

function caller (callId: string, url: string) {
  return async (tool: string, args: object, callerTurn: number, id = `f-${tool}-${callerTurn}`): Promise<Record<string, any>> => {
    const token = await signCallToken({ callId, agent: 'lender', caller: AMINA, callerTurn }, SECRET)
    const response = await fetch(`${url}/v1/calls/${callId}/tools/${tool}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ id, args }) })
    return await response.json() as Record<string, any>
  }
}

async function eventually (look: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!await look()) {
    if (performance.now() > deadline) throw new Error('never happened')
    await wait(10)
  }
}
