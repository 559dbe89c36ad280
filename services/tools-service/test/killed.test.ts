import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { signCallToken } from '@karani/call-token'
import { freePort } from '@karani/local-stack'
import { AMINA, answersOf, build, SECRET } from './helper.ts'
import { postgresGate } from './postgres-gate.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))

const house = await build(t)
const { db, clock } = house
clock.now = new Date() // the process has the real one
const PROMISE = { amount: 500, payBy: 'kesho' }

/** The service as a process of its own. */
async function start (t: Test, databaseUrl: string) {
  const port = await freePort()
  const env = { PATH: process.env.PATH ?? '', DATABASE_URL: databaseUrl, REDIS_URL: house.redisUrl, CALL_TOKEN_SECRET: SECRET, PORT: String(port), LINES_FILE: 'config/lines.json' }
  const child = spawn(process.execPath, ['--conditions=@karani/source', '--import', 'tsx', MAIN], { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  t.teardown(async () => {
    child.kill('SIGKILL')
    await closed
  })
  let log = ''
  for await (const chunk of child.stdout) {
    log += String(chunk)
    if (log.includes('Server listening')) break
  }
  return {
    async tool (tool: string, args: object, { callId, id, callerTurn }: { callId: string, id: string, callerTurn: number }): Promise<string> {
      const token = await signCallToken({ callId, agent: 'lender', caller: AMINA, callerTurn }, SECRET)
      const response = await fetch(`http://127.0.0.1:${port}/v1/calls/${callId}/tools/${tool}`, {
        method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ id, args })
      })
      return await response.text()
    },
    async kill () {
      child.kill('SIGKILL')
      await closed
    }
  }
}

/** A proposal that only waits for its yes, made through the service in this process. */
async function proposal (callId: string): Promise<string> {
  await house.tool('verifyIdentity', answersOf.amina, { callId })
  const { body } = await house.tool('recordPromiseToPay', PROMISE, { callId, callerTurn: 1 })
  return body.output?.proposalId
}

const written = async (callId: string) => (await db.query(`
  select (select count(*)::int from business.promises where call_id = $1) as promises, (select count(*)::int from dialling.stops where call_id = $1) as stops,
    (select count(*)::int from business.proposals where call_id = $1 and result is not null) as confirmed`, [callId])).rows[0]

/** How many questions a confirmation asks the database, from `begin` to `commit`. */
async function questions (): Promise<number> {
  const gate = await postgresGate(t, house.databaseUrl)
  const replica = await build(t, { replicaOf: { ...house, databaseUrl: gate.url } })
  await replica.app.records.ping()
  const confirm = await proposal('HD_counted')
  gate.holdAnswer(Infinity)
  await replica.tool('recordPromiseToPay', { ...PROMISE, confirm }, { callId: 'HD_counted', callerTurn: 2 })
  return gate.roundTrips
}

const COMMIT = await questions()
t.jobs = 3
t.ok(COMMIT >= 8, `a confirmation is ${COMMIT} questions`)

for (let nth = 1; nth <= COMMIT; nth++) {
  t.test(`killed after question ${nth} of ${COMMIT}, a confirmation is written ${nth === COMMIT ? 'once' : 'not at all'}, and once when it is repeated`, { buffered: true }, async (t) => {
    const callId = `HD_killed_${nth}`
    const confirm = await proposal(callId)
    const gate = await postgresGate(t, house.databaseUrl)
    const call = { callId, id: 'the-yes', callerTurn: 2 }
    const doomed = await start(t, `${gate.url}?application_name=${callId}`)
    await doomed.tool('getAccount', {}, { ...call, id: 'warm' }) // opens the connection
    const { reached } = gate.holdAnswer(nth)
    const answer = doomed.tool('recordPromiseToPay', { ...PROMISE, confirm }, call).catch(() => 'none')
    await reached
    await doomed.kill()
    t.equal(await answer, 'none')
    while ((await db.query('select from pg_stat_activity where application_name = $1', [callId])).rowCount !== 0) { /* the server notices the death */ }

    const once = nth === COMMIT ? 1 : 0
    t.strictSame(await written(callId), { promises: once, stops: once, confirmed: once })
    const args = { ...PROMISE, confirm }
    const [first, second] = [await house.tool('recordPromiseToPay', args, call), await house.tool('recordPromiseToPay', args, call)]
    t.match(first.body.output, { recorded: true, amountKes: 500 })
    t.strictSame(first.body, second.body)
    t.equal((await house.tool('recordPromiseToPay', args, { ...call, id: 'another-id' })).body.output?.promiseId, first.body.output?.promiseId)
    t.strictSame(await written(callId), { promises: 1, stops: 1, confirmed: 1 })
  })
}
