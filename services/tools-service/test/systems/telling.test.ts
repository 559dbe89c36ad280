import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import t, { type Test } from 'tap'
import { signCallToken } from '@karani/call-token'
import { build, LINES_FILE, SECRET, type House } from '../helper.ts'
import { startBusiness, WANJIKU, WANJIKUS_ANSWERS } from './business.ts'

const REPLICA = fileURLToPath(new URL('../fixture/replica.ts', import.meta.url))
const PROMISE = { amount: 100, payBy: 'Friday' }

const bank = await startBusiness(t)
bank.accounts = [WANJIKU]
const stores = await build(t) // tells nobody: the houses of the tests do
const { db, clock, databaseUrl, redisUrl } = stores

const houses: House[] = []
const log: string[] = []
/** A service with a bank, on stores that the tests share. */
async function start (t: Test): Promise<House> {
  const house = await build(t, { replicaOf: stores, env: bank.lending, logger: { level: 'trace', stream: { write: line => { log.push(line) } } } })
  await house.app.ready()
  houses.push(house)
  return house
}

t.beforeEach(async () => {
  await Promise.all(houses.splice(0).map(async ({ app }) => await app.close()))
  bank.answers = []
  bank.told.length = 0
  bank.taken.clear()
  clock.now = new Date()
  await db.query('truncate business.verification_attempts, business.system_effects')
})

let calls = 0
/** A verified caller who promises, in a call of its own. */
async function promise ({ tool }: Pick<House, 'tool'>, caller = { callId: `HD_tell_${calls++}`, caller: WANJIKU.phone }): Promise<{ promiseId: string, callId: string }> {
  await tool('verifyIdentity', WANJIKUS_ANSWERS, caller)
  const { output: proposal } = (await tool('recordPromiseToPay', PROMISE, caller)).body
  const { output } = (await tool('recordPromiseToPay', { ...PROMISE, confirm: proposal!.proposalId }, { ...caller, callerTurn: 2 })).body
  return { promiseId: output!.promiseId, callId: caller.callId }
}
const effect = async (effectId: string) => (await db.query('select state, tries, next_try_at from business.system_effects where effect_id = $1', [effectId])).rows[0]
const after = (ms: number): void => { clock.now = new Date(clock.now.getTime() + ms) }

t.test('a bank that has trouble is told again after 1 s, 2 s, 4 s, at most a minute, for ever, and takes it once', async (t) => {
  const house = await start(t)
  bank.answers = Array(9).fill(500)
  const { promiseId } = await promise(house)
  const waits: number[] = []
  for (;;) {
    await house.app.businessSystems.told()
    const { state, next_try_at: next } = await effect(promiseId)
    if (state !== 'pending') break
    waits.push((next.getTime() - clock.now.getTime()) / 1_000)
    after(next.getTime() - clock.now.getTime() - 1)
    const told = bank.told.length
    await house.app.businessSystems.told()
    t.equal(bank.told.length, told, 'not a moment earlier')
    after(1)
  }
  t.strictSame(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60])
  t.equal(bank.told.length, 10)
  t.strictSame([...bank.taken.keys()], [promiseId])
  after(3_600_000)
  await house.app.businessSystems.told()
  t.equal(bank.told.length, 10, 'and is not told once more')
})

t.test('a promise that the bank has taken, though nobody heard it say so, comes again under the same id', async (t) => {
  const house = await start(t)
  bank.answers = ['lost']
  const { promiseId } = await promise(house)
  await house.app.businessSystems.told()
  t.match(await effect(promiseId), { state: 'pending' })
  after(1_000)
  await house.app.businessSystems.told()
  t.match(await effect(promiseId), { state: 'told' })
  t.strictSame(bank.told.map(({ key }) => key), [promiseId, promiseId])
  t.strictSame(bank.told[0]!.body, bank.told[1]!.body)
  t.equal(bank.taken.size, 1)
})

for (const [refusal, effects] of [[409, 1], [410, 1], [422, 2]] as const) {
  t.test(`what the bank refuses for good (${refusal}) is for a person, once, and is not told again`, async (t) => {
    const [house, other] = [await start(t), await start(t)]
    bank.answers = Array(effects).fill(refusal)
    const call = { callId: `HD_tell_${calls++}`, caller: WANJIKU.phone }
    const refused = []
    for (let n = 0; n < effects; n++) {
      refused.push((await promise(house, call)).promiseId)
      await house.app.businessSystems.told()
    }
    after(3_600_000)
    await Promise.all([house, other].map(async ({ app }) => await app.businessSystems.told()))
    t.equal(bank.told.length, effects)
    const { rows } = await db.query('select agent, phone, reason, done_at from business.callbacks where call_id = $1', [call.callId])
    t.strictSame(rows, [{ agent: 'lender', phone: WANJIKU.phone, reason: refused.map(id => `${id}: The business's system refused: http_${refusal}`).join('; '), done_at: null }])
    for (const promiseId of refused) t.match(await effect(promiseId), { state: 'refused' })
    t.match(await house.app.metrics.metrics(), new RegExp(`karani_system_effects_total\\{system="lending",outcome="refused"\\} ${effects}`))
  })
}

t.test('what happens to one account is told in its order, whatever the bank does', async (t) => {
  const house = await start(t)
  bank.answers = [500, 'lost', 503]
  const promises = []
  for (let n = 0; n < 3; n++) {
    promises.push((await promise(house)).promiseId)
    await house.app.businessSystems.told()
  }
  for (let n = 0; n < 10; n++) {
    after(60_000)
    await house.app.businessSystems.told()
  }
  t.strictSame([...bank.taken.keys()], promises)
})

t.test('a promise that was not told when the service was closed is told by the next one', async (t) => {
  const house = await start(t)
  bank.answers = [503]
  const { promiseId } = await promise(house)
  await house.app.businessSystems.told()
  await house.app.close()
  t.equal(bank.taken.size, 0)
  after(1_000)
  await start(t)
  await bank.heard(2)
  t.strictSame([...bank.taken.keys()], [promiseId])
})

for (const [when, tellings] of [['before the bank is told', 1], ['while the bank is told', 2]] as const) {
  t.test(`a promise of a service that is killed after its commit, ${when}, is told by the next one`, async (t) => {
    const gate = new pg.Client({ connectionString: databaseUrl })
    await gate.connect()
    t.teardown(() => gate.end())
    if (tellings === 2) bank.answers = ['held']
    const child = fork(REPLICA, {
      execArgv: ['--conditions=@karani/source', '--import', 'tsx'],
      env: { PATH: process.env['PATH'], DATABASE_URL: `${databaseUrl}?application_name=doomed`, REDIS_URL: redisUrl, CALL_TOKEN_SECRET: SECRET, LINES_FILE, ...bank.lending }
    })
    t.teardown(() => child.kill('SIGKILL'))
    const [url] = await once(child, 'message') as [string]
    if (tellings === 1) { // whoever wants to tell waits
      await gate.query('select pg_advisory_lock(4242)')
      await db.query('create or replace function business.gate () returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(4242); return new; end $$')
      await db.query('create trigger gate before update on business.system_effects for each row execute function business.gate()')
    }
    const { promiseId } = await promise({ tool: over(url) })
    if (tellings === 2) await bank.heard(1)
    child.kill('SIGKILL')
    await once(child, 'exit')
    t.match(await effect(promiseId), { state: 'pending' })
    t.equal(bank.taken.size, 0)
    await db.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed'")
    await gate.query('select pg_advisory_unlock_all()')
    await db.query('drop trigger if exists gate on business.system_effects')

    clock.now = new Date(Date.now() + 11_000) // whoever was telling would have done so by then
    const house = await start(t)
    await house.app.businessSystems.told()
    t.match(await effect(promiseId), { state: 'told' })
    t.strictSame(bank.told.map(({ key }) => key), Array(tellings).fill(promiseId))
    t.equal((await db.query('select from business.promises where promise_id = $1', [promiseId])).rowCount, 1)
  })
}

t.test('of all this the log has codes, reasons and opaque ids, and nothing of a person or of a secret', async (t) => {
  t.match(log.join(''), '"code":"SYSTEM_UNAVAILABLE"')
  t.match(log.join(''), '"reason":"http_409"')
  for (const word of [SECRET, 'Wanjiku', 'LN-7001', 'LN7001', '733000701', 'amountMinor', 'promisedAt', 'nationalId']) t.notOk(log.join('').includes(word), word)
})

/** The tools of a service that is another process. */
function over (url: string): House['tool'] {
  let ids = 0
  return async (tool, args = {}, { callId = 'HD_1', caller = null, callerTurn = 1 } = {}) => {
    const token = await signCallToken({ callId, agent: 'lender', caller, callerTurn }, SECRET)
    const response = await fetch(`${url}/v1/calls/${callId}/tools/${tool}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ id: `f${ids++}`, args }) })
    const raw = await response.text()
    return { status: response.status, body: JSON.parse(raw), raw }
  }
}
