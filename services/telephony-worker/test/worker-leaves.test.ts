import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { diallingHouse, eventually, phoneOf } from './dialling-house.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))
const PROCESSES = 4
const TIMES = 46

const house = await diallingHouse(t)
const { carrier, behaviour, db, lead, worker, databaseUrl, redisServer } = house
await house.campaign()
const env = { ...house.env, MAX_OUTBOUND_CALLS: '2000', MODEL_SESSIONS: '4000' }
behaviour.dialFault = () => ({ does: 'slow', ms: 20 + Math.random() * 60 })
let n = 0

const leads = async (many: number): Promise<void> => { for (let left = many; left > 0; left--) await lead(++n) }
/** Of calls that somebody has begun to place. */
const leftBehind = async (): Promise<unknown[]> => (await db.query("select attempt_id, state from dialling.dial_attempts where state in ('reserved', 'posting')")).rows

/** Whoever was dialled has a row that says so, and was dialled once. */
async function inOrder (t: Tap): Promise<void> {
  t.strictSame(await leftBehind(), [])
  t.equal(new Set(carrier.dialled.map(({ to }) => to)).size, carrier.dialled.length)
  t.equal((await db.query("select from dialling.dial_attempts where state = 'posted'")).rowCount, carrier.dialled.length)
}
type Tap = Pick<typeof t, 'strictSame' | 'equal'>

t.test(`a worker that is told to go while it dials finishes what it began and begins nothing else, ${TIMES} times`, async (t) => {
  for (let time = 1; time <= TIMES; time++) {
    const dialledBefore = carrier.dialled.length
    await leads(12)
    const app = await worker(env)
    await app.reconciler.round()
    await eventually(() => carrier.dialled.length > dialledBefore, 'a call')
    await app.close()
    await inOrder(t)
  }
})

t.test(`${PROCESSES} processes that are told so at once, by SIGTERM`, async (t) => {
  await leads(300)
  const filler = await worker({ ...env, CALLS_PER_SECOND: '1' })
  await filler.reconciler.round()
  await filler.close()
  const children = Array.from({ length: PROCESSES }, () => spawn(process.execPath, ['--conditions=@karani/source', '--import', 'tsx', MAIN], {
    cwd: PROJECT, env: { PATH: process.env['PATH'] ?? '', PORT: '0', DATABASE_URL: databaseUrl, REDIS_URL: redisServer.url, ...env, CALLS_PER_SECOND: '30', DRAIN_TIMEOUT_MS: '20000' }
  }))
  t.teardown(() => { for (const child of children) child.kill('SIGKILL') })
  const ended = children.map(async child => await once(child, 'exit'))
  await Promise.all(children.map(async child => {
    for await (const chunk of child.stdout) if (String(chunk).includes('call placed')) break
    child.stdout.resume()
  }))
  for (const child of children) child.kill('SIGTERM')
  t.strictSame(await Promise.all(ended), children.map(() => [0, null]))
  await inOrder(t)
  t.equal(carrier.dialled.some(({ to }) => to === phoneOf(n)), false, 'there was more to dial')
})
