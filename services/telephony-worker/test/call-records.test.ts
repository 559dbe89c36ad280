import { once } from 'node:events'
import t from 'tap'
import fc from 'fast-check'
import { QueueEvents } from 'bullmq'
import { CallContexts, CarrierFacts, FinishedCalls } from '@karani/call-context'
import { CALL_RECORDS, callRecordsQueue, requestCallRecord } from '@karani/queues'
import { contextOf, FACTS, finishedOf } from './known-call.ts'
import { build, stores } from './helper.ts'

const shared = await stores(t)
await build(t, shared)
await build(t, shared) // a second replica: jobs of one call run at once
const { redis, db } = shared
const queue = callRecordsQueue(redis).setMaxListeners(0) // one for each job that is waited for
const events = new QueueEvents(CALL_RECORDS, { connection: redis }).setMaxListeners(0)
await events.waitUntilReady()
t.teardown(() => Promise.all([queue.close(), events.close()]))

const contexts = new CallContexts(redis)
const facts = new CarrierFacts(redis)
const finishedCalls = new FinishedCalls(redis)
let calls = 0

const wish = async (callId: string): Promise<void> => { await (await queue.add('write', { callId })).waitUntilFinished(events) }
const rowOf = async (callId: string) => {
  const { rows } = await db.query('select * from dialling.call_records where call_id = $1', [callId])
  return rows.map(({ call_id: id, ...row }) => row)
}

type Happening = (callId: string) => Promise<unknown>
const HAPPENINGS: readonly Happening[] = [
  callId => finishedCalls.save(finishedOf(callId)),
  ...FACTS.map((fact): Happening => callId => facts.add(callId, fact))
]

t.test('a call is one row with everything in it', async (t) => {
  await contexts.open(contextOf('HD_whole'))
  for (const happen of HAPPENINGS) await happen('HD_whole')
  await wish('HD_whole')
  const [row, ...others] = await rowOf('HD_whole')
  t.strictSame(others, [])
  t.match(row, {
    status: 'completed', agent: 'lender', answered_at: new Date('2026-11-21T08:59:59Z'), ended_at: new Date('2026-11-21T09:01:02.5Z'), duration_ms: 62_500, cost_minor: '53', cause: 'normal_clearing'
  })
  t.strictSame(row.timeline, finishedOf('HD_whole').entries)
})

t.test('any order and any repetition of happenings and jobs, at once or one by one, leave the same row', async () => {
  await contexts.open(contextOf('HD_expected'))
  for (const happen of HAPPENINGS) await happen('HD_expected')
  await wish('HD_expected')
  const expected = await rowOf('HD_expected')
  const order = fc.shuffledSubarray([...HAPPENINGS.keys(), ...HAPPENINGS.keys()], { minLength: 2 * HAPPENINGS.length })
  await fc.assert(fc.asyncProperty(order, fc.boolean(), async (order, atOnce) => {
    const callId = `HD_${calls++}`
    await contexts.open(contextOf(callId))
    const jobs: Array<Promise<void>> = []
    for (const index of order) {
      await HAPPENINGS[index]!(callId)
      jobs.push(wish(callId))
      if (!atOnce) await jobs.at(-1)
    }
    await Promise.all(jobs)
    t.strictSame(await rowOf(callId), expected)
  }), { numRuns: 12 })
})

t.test('a call without media has a row too', async (t) => {
  await facts.add('HD_missed', { state: 'failed', cause: 'no_answer' })
  await wish('HD_missed')
  t.match(await rowOf('HD_missed'), [{ status: 'failed', cause: 'no_answer', timeline: null }])
})

t.test('what is written is not forgotten when Redis has lost it', async (t) => {
  const callId = 'HD_lost'
  await contexts.open(contextOf(callId))
  for (const happen of HAPPENINGS) await happen(callId)
  await wish(callId)
  const before = await rowOf(callId)
  await redis.del(await redis.keys(`call:{${callId}}:*`))
  await facts.add(callId, { state: 'ringing', durationSeconds: 1 })
  await wish(callId)
  t.strictSame(await rowOf(callId), before)
})

t.test('a wish about a call that nobody knows writes nothing', async (t) => {
  await wish('HD_nobody')
  t.strictSame(await rowOf('HD_nobody'), [])
})

t.test('a record that could not be written is written when the database is back', async (t) => {
  await facts.add('HD_later', { state: 'completed' })
  await db.query('alter table dialling.call_records rename to elsewhere')
  const job = await queue.add('write', { callId: 'HD_later' })
  const finished = job.waitUntilFinished(events)
  await once(events, 'delayed')
  await db.query('alter table dialling.elsewhere rename to call_records')
  await finished
  t.match(await rowOf('HD_later'), [{ status: 'completed' }])
})

t.test('the worker outlives its Redis, and works again with the next one', async (t) => {
  const own = await stores(t)
  const app = await build(t, own)
  t.equal((await app.inject('/readyz')).statusCode, 200)
  own.redisServer.freeze()
  t.equal((await app.inject('/readyz')).statusCode, 503)
  t.equal((await app.inject('/healthz')).statusCode, 200)
  own.redisServer.thaw()
  const ownQueue = callRecordsQueue(own.redis)
  const ownEvents = new QueueEvents(CALL_RECORDS, { connection: own.redis })
  t.teardown(() => Promise.all([ownQueue.close(), ownEvents.close()]))
  await ownEvents.waitUntilReady()
  await new CarrierFacts(own.redis).add('HD_after', { state: 'completed' })
  const done = once(ownEvents, 'completed')
  await requestCallRecord(ownQueue, 'HD_after', 'carrier-1')
  await done
  t.equal((await own.db.query('select * from dialling.call_records')).rowCount, 1)
})

t.test('the worker closes in time while Redis is away', async (t) => {
  const own = await stores(t)
  const app = await build(t, own, { DRAIN_TIMEOUT_MS: '200' })
  await own.redisServer.kill()
  const askedAt = performance.now()
  await app.close()
  t.ok(performance.now() - askedAt < 1_500)
})
