import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { freePort } from '@karani/local-stack'
import { startCarrier } from '@karani/simulator'
import { diallingHouse, eventually, LINE, phoneOf } from './dialling-house.ts'

const LEADS = 30
const OPEN_MS = 2_000
const ENV = { CIRCUIT_OPEN_MS: String(OPEN_MS), MAX_OUTBOUND_CALLS: '100', MODEL_SESSIONS: '200' }

const numbers = Array.from({ length: LEADS }, (_, n) => n + 1)
/** As many requests may be under way when the tenth fails. */
const MOST_AT_ONCE = 19

for (const status of [401, 500]) {
  t.test(`a carrier that answers ${status} is left alone, tried with one call at a time, and dialled again once it has recovered`, async (t) => {
    const { carrier, behaviour, campaign, worker, lead, dialsTo, age, db } = await diallingHouse(t)
    await campaign()
    for (const n of numbers) await lead(n)
    const asked: Array<{ readonly atMs: number, readonly number: string }> = []
    behaviour.dialFault = ({ to: [number] }) => {
      asked.push({ atMs: performance.now(), number: number! })
      return { does: 'status', status }
    }
    const app = await worker(ENV)
    await app.reconciler.round()
    const firstTrial = (): number => asked.findIndex(({ atMs }, n) => n > 0 && atMs - asked[n - 1]!.atMs >= OPEN_MS)
    await eventually(() => firstTrial() !== -1 && asked.length >= firstTrial() + 2, 'two calls that were tried')
    t.ok(firstTrial() >= 10 && firstTrial() <= MOST_AT_ONCE, `${firstTrial()} requests failed before it was left alone`)
    for (let n = firstTrial(); n < asked.length; n++) t.ok(asked[n]!.atMs - asked[n - 1]!.atMs >= OPEN_MS, 'one at a time')
    behaviour.dialFault = () => null
    const mayExist = new Set(status === 500 ? asked.map(({ number }) => number) : [])
    await eventually(async () => {
      await db.query("update dialling.leads set due_at = dialling.now() where state = 'waiting'")
      await age(61)
      await app.reconciler.round()
      return carrier.dialled.length === LEADS - mayExist.size
    }, 'everybody else was called')
    for (const n of numbers) t.equal(dialsTo(n), mayExist.has(phoneOf(n)) ? 0 : 1)
  })
}

t.test('a carrier that cannot be reached is left alone too, and everybody is called once when it is there', async (t) => {
  const { campaign, worker, lead, db, age } = await diallingHouse(t)
  await campaign()
  for (const n of numbers) await lead(n)
  const port = await freePort()
  const app = await worker({ ...ENV, SAUTIKIT_API_URL: `http://127.0.0.1:${port}` })
  await app.reconciler.round()
  await eventually(async () => await turns(app, 'circuit-open') > 0, 'it is left alone')
  const failed = await turns(app, 'closed')
  t.ok(failed >= 10 && failed <= MOST_AT_ONCE, `${failed} requests failed before it was left alone`)
  const carrier = await startCarrier({ port, numbers: [{ number: LINE }], behaviour: { outboundRingMs: 300, completedToVoice: false } })
  t.teardown(() => carrier.close())
  await eventually(async () => {
    await db.query("update dialling.leads set due_at = dialling.now() where state = 'waiting'")
    await age(61)
    await app.reconciler.round()
    return carrier.dialled.length >= LEADS
  }, 'everybody was called')
  t.same(carrier.dialled.map(({ to }) => to).sort(), numbers.map(phoneOf).sort())
})

t.test('wishes that have nothing to ask the carrier for do not keep a recovered one waiting', async (t) => {
  const { behaviour, campaign, worker, lead, dialsTo, db } = await diallingHouse(t)
  await campaign()
  await campaign('august')
  for (const n of numbers) await lead(n)
  behaviour.dialFault = () => ({ does: 'status', status: 401 })
  const app = await worker(ENV)
  await app.reconciler.round()
  await eventually(async () => await turns(app, 'circuit-open') > 0, 'it is left alone')
  behaviour.dialFault = () => null
  await db.query("update dialling.campaigns set state = 'paused', paused_by = 'staff' where campaign_id = 'july'") // its wishes are first in the queue
  await lead(99, 'august')
  const recoveredMs = performance.now()
  await app.reconciler.round()
  await eventually(() => dialsTo(99) === 1)
  t.ok(performance.now() - recoveredMs < 6 * OPEN_MS, 'the first lead that may be dialled is the one that is tried')
})

async function turns (app: FastifyInstance, turn: string): Promise<number> {
  const { values } = await app.metrics.getSingleMetric('karani_dial_turns_total')!.get()
  return values.find(({ labels }) => labels['turn'] === turn)?.value ?? 0
}
