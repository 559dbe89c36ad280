import t from 'tap'
import fc from 'fast-check'
import { build, CALLER, completed, LENDER, postForm, postJson, ringing, ticketIn, TOKEN } from './helper.ts'
import { recordsOf } from './records.ts'

const SESSION = 'HD_24d73b4518bc'
const UUID = '0190a3b4-0000-7000-8000-000000000001'

const about = { call_id: UUID, pbx_call_id: SESSION, direction: 'inbound', from: CALLER, to: LENDER }
const documentedEvent = (kind: string, data: object, eventId = `ev-${kind}`): object => ({ kind, event_id: eventId, workspace_id: 'w', occurred_at: '2026-11-21T08:00:30Z', data: { ...about, ...data } })
const otherEvent = (kind: string, payload: object): object => ({ event_kind: kind, event_id: `ev-${kind}`, payload: { call_id: UUID, occurred_at: '2026-11-21T08:00:40Z', ...payload } })

const EVENTS: object[] = [
  documentedEvent('call.started', { status: 'started' }),
  documentedEvent('call.answered', { status: 'answered', answered_at: '2026-11-21T08:00:01Z' }),
  ringing(),
  ringing({ callSessionState: 'StreamStarted', streamSid: 's1' }),
  ringing({ callSessionState: 'StreamStopped', streamSid: 's1' }),
  completed(),
  documentedEvent('call.completed', { status: 'completed', answered_at: '2026-11-21T08:00:01Z', ended_at: '2026-11-21T08:01:14Z', duration_seconds: 73, hangup_cause: 'normal_clearing' }),
  otherEvent('call.recording.ready', { recording_id: 'rec-1', recording_duration_seconds: 70 })
]
const VIEW = { status: 'completed', answeredAt: '2026-11-21T08:00:01.000Z', endedAt: '2026-11-21T08:01:14.000Z', durationSeconds: 73, cause: 'normal_clearing', recordingId: 'rec-1' }

t.test('events in all three envelopes tell of one call, whichever of its names they use', async (t) => {
  const { app, redis } = await build(t)
  const { view } = recordsOf(t, redis)
  for (const event of EVENTS) t.equal((await postJson(app, event, { url: '/events' })).statusCode, 200)
  t.match(await view(SESSION), VIEW)
  t.match(await view(UUID), VIEW)
})

t.test('an event may also be a form, and come to a URL with a token', async (t) => {
  const { app, redis } = await build(t)
  t.equal((await postForm(app, completed(), { url: `/events/${TOKEN}` })).statusCode, 200)
  t.match(await recordsOf(t, redis).view(SESSION), { status: 'completed', durationSeconds: 73 })
})

t.test('any order and any repetition of the callbacks of a call leave the same facts, and ask for its record alone', async (t) => {
  const { app, redis } = await build(t)
  const { asked, view } = recordsOf(t, redis)
  const orders = fc.tuple(fc.shuffledSubarray(EVENTS, { minLength: EVENTS.length }), fc.array(fc.constantFrom(...EVENTS), { maxLength: 6 }), fc.nat({ max: EVENTS.length - 1 }))
  await fc.assert(fc.asyncProperty(orders, async ([all, repeated, fetchedAt]) => {
    await app.redis.flushall()
    for (const [n, event] of [...all, ...repeated].entries()) {
      if (n === fetchedAt) t.equal((await postForm(app, ringing())).statusCode, 200)
      t.equal((await postJson(app, event, { url: '/events' })).statusCode, 200)
    }
    t.match(await view(SESSION), VIEW)
    const jobs = await asked()
    t.ok(jobs.every(id => id.startsWith(`${SESSION}_carrier-`)), jobs.join())
  }), { numRuns: 30 })
})

t.test('the record of a call is asked for when it is over, again after each new fact, and not for a repetition that waits', async (t) => {
  const { app, redis } = await build(t)
  const { asked } = recordsOf(t, redis)
  await app.callState.tickets.spend(ticketIn((await postForm(app, ringing())).body))
  await postJson(app, ringing({ callSessionState: 'StreamStopped' }), { url: '/events' })
  t.strictSame(await asked(), [])
  await postForm(app, completed())
  await postForm(app, completed())
  t.strictSame(await asked(), [`${SESSION}_carrier-3`])
  await postJson(app, EVENTS.at(-1), { url: '/events' })
  t.strictSame(await asked(), [`${SESSION}_carrier-3`], 'its only name is one that nobody has linked yet')
  await postJson(app, EVENTS.at(-2), { url: '/events' })
  t.strictSame(await asked(), [`${SESSION}_carrier-3`, `${SESSION}_carrier-5`])
})

t.test('a call that was finished a day ago, and one that failed before any stream, are ours too', async (t) => {
  const { app, redis } = await build(t)
  const { asked } = recordsOf(t, redis)
  await app.redis.set(`call:{${SESSION}}:finished`, '{}')
  await postJson(app, completed(), { url: '/events' })
  await postForm(app, ringing({ sessionId: 'HD_000000000002' }))
  await postJson(app, { kind: 'call.failed', event_id: 'e', data: { call_id: UUID, pbx_call_id: 'HD_000000000002', failure_reason: 'no_answer' } }, { url: '/events' })
  t.strictSame(await asked(), ['HD_000000000002_carrier-2', `${SESSION}_carrier-1`])
})

t.test('events of a call that is not ours are taken and do nothing', async (t) => {
  const { app, redis } = await build(t)
  const { asked } = recordsOf(t, redis)
  for (const event of EVENTS) t.equal((await postJson(app, event, { url: '/events' })).statusCode, 200)
  t.strictSame(await asked(), [])
  t.strictSame(await app.redis.keys('call:*:context'), [])
  for (const key of await app.redis.keys('call:*')) t.ok(await app.redis.ttl(key) > 0, 'it expires')
})

t.test('what was not said by the carrier leaves no trace', async (t) => {
  const { app } = await build(t)
  for (const event of EVENTS) {
    t.equal((await postJson(app, event, { url: '/events', secret: 'another' })).statusCode, 403)
    t.equal((await postJson(app, event, { url: '/events', headers: { 'x-sautikit-signature': '' } })).statusCode, 401)
  }
  t.strictSame(await app.redis.keys('call:*'), [])
})

t.test('an event that names no call is malformed', async (t) => {
  const { app } = await build(t)
  for (const body of [{}, { kind: 'wallet.low_balance', event_id: 'e', data: { balance_minor: 3 } }, { kind: 'call.started', data: { call_id: '../..' } }, { kind: 'call.started', data: { call_id: ['a', 'b'] } }]) {
    const res = await postJson(app, body, { url: '/events' })
    t.equal(res.statusCode, 400)
    t.equal(res.json().error.code, 'WEBHOOK_MALFORMED')
  }
})
