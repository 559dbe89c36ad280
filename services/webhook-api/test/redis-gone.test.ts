import t, { type Test } from 'tap'
import type { FastifyInstance } from 'fastify'
import { freePort, startRedis } from '@karani/local-stack'
import { build, completed, EMPTY, LENDER, metric, postForm, postJson, ringing, ticketIn } from './helper.ts'

const FALLBACK = '<?xml version="1.0" encoding="UTF-8"?><Response>' +
  '<Say language="en-KE">You have reached Tumaini Credit. One moment please, we are connecting you to a colleague.</Say>' +
  `<Dial timeout="20" callerId="${LENDER}"><Number>+254711222333</Number></Dial><Hangup/></Response>`

/** Posts a first fetch and expects the document from the lines file, in 500 ms. */
async function callsTheStaff (t: Test, app: FastifyInstance): Promise<void> {
  const askedAt = performance.now()
  const res = await postForm(app, ringing())
  const tookMs = performance.now() - askedAt
  t.equal(res.statusCode, 200)
  t.equal(res.body, FALLBACK)
  t.ok(tookMs < 500, `took ${Math.round(tookMs)} ms`)
}

t.test('while Redis is frozen, calls go to the staff in time, and to the clerk again afterwards', async (t) => {
  const { app, redis } = await build(t)
  ticketIn((await postForm(app, ringing())).body)
  redis.freeze()
  for (let n = 1; n <= 4; n++) await Promise.all(Array.from({ length: 5 }, () => callsTheStaff(t, app)))
  t.equal(await metric(app, 'karani_voice_fallbacks_total{cause="timeout"}') + await metric(app, 'karani_voice_fallbacks_total{cause="error"}'), 20)
  t.equal(await metric(app, 'karani_voice_documents_total{kind="fallback"}'), 20)
  t.equal((await app.inject('/readyz')).statusCode, 200, 'callers need an answer, so it stays ready')
  redis.thaw()
  await app.redis.ping()
  ticketIn((await postForm(app, ringing())).body)
})

t.test('when Redis dies during its work, calls go to the staff at once', async (t) => {
  const { app, redis } = await build(t)
  ticketIn((await postForm(app, ringing())).body)
  await redis.kill()
  for (let n = 1; n <= 20; n++) await callsTheStaff(t, app)
  t.equal(await metric(app, 'karani_voice_fallbacks_total{cause="error"}'), 20)
})

t.test('a service that starts without Redis answers calls', async (t) => {
  const { app } = await build(t, { REDIS_URL: `redis://127.0.0.1:${await freePort()}` })
  await callsTheStaff(t, app)
})

t.test('a service that starts beside a frozen Redis answers calls, and finds it when it wakes up', async (t) => {
  const redis = await startRedis()
  redis.freeze()
  const { app } = await build(t, {}, redis)
  await callsTheStaff(t, app)
  const ready = new Promise(resolve => app.redis.once('ready', resolve))
  redis.thaw()
  await ready
  ticketIn((await postForm(app, ringing())).body)
})

t.test('news of a stream is never answered with a call to the staff', async (t) => {
  const { app, redis } = await build(t)
  await redis.kill()
  for (const callSessionState of ['StreamStarted', 'StreamStopped', 'StreamError']) {
    t.equal((await postForm(app, ringing({ callSessionState }))).body, EMPTY)
  }
})

t.test('a number that nobody knows is told so without Redis', async (t) => {
  const { app, redis } = await build(t)
  await redis.kill()
  t.match((await postForm(app, ringing({ destinationNumber: '+254711999999' }))).body, /not in service/)
})

t.test('events that cannot be stored are refused, so that the carrier delivers them again', async (t) => {
  const { app, redis } = await build(t)
  const document = (await postForm(app, ringing())).body
  const statusUrl = /https:\/\/karani\.example([^"]+)"/.exec(document)![1]!
  redis.freeze()
  const refusals = await Promise.all([postJson(app, completed(), { url: '/events' }), postForm(app, ringing({ callSessionState: 'StreamStarted' }), { url: statusUrl })])
  for (const res of refusals) {
    t.equal(res.statusCode, 503)
    t.strictSame(res.json(), { error: { code: 'REDIS_UNAVAILABLE', message: 'Try again later' } })
  }
  redis.thaw()
  await app.redis.ping()
  t.equal((await postJson(app, completed(), { url: '/events' })).statusCode, 200)
})

t.test('a frozen Redis does not hold up the end of the service', async (t) => {
  const asleep = await startRedis()
  asleep.freeze()
  for (const service of [await build(t), await build(t, {}, asleep)]) {
    service.redis.freeze()
    const askedAt = performance.now()
    await service.app.close()
    t.ok(performance.now() - askedAt < 500)
  }
})
