import t from 'tap'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { CarrierFacts, type CallContext } from '@karani/call-context'
import { CallbackSeal } from '../src/callback-seal.ts'
import { CALLER, completed, EMPTY, LENDER, SECRET, TOKEN, build, metric, postForm, postJson, ringing, ticketIn } from './helper.ts'

const HAND_OFF = `https://karani.example/voice/handoff?call=${new CallbackSeal([SECRET, TOKEN]).seal('HD_24d73b4518bc')}`

t.test('an inbound call is streamed to the clerk of the number called', async (t) => {
  const { app } = await build(t)
  const res = await postForm(app, ringing())
  t.equal(res.statusCode, 200)
  t.match(res.headers['content-type'], /^application\/xml/)
  const ticket = ticketIn(res.body)
  const seal = /stream-status\?call=(HD_24d73b4518bc\.[\w-]{43})"/.exec(res.body)?.[1]
  t.equal(res.body, '<?xml version="1.0" encoding="UTF-8"?><Response>' +
    `<Stream url="wss://media.example/audio/${ticket}" connect="true" track="inbound_track" outputSamplingRate="16000" bidirectionalSamplingRate="16000" ` +
    `statusCallback="https://karani.example/voice/stream-status?call=${seal}" statusEvents="stream-started stream-stopped stream-error"/></Response>`)
  const { openedAt, ...context } = await app.callState.tickets.spend(ticket) as CallContext
  t.strictSame(context, {
    callId: 'HD_24d73b4518bc',
    direction: 'inbound',
    agent: 'lender',
    line: LENDER,
    businessName: 'Tumaini Credit',
    caller: CALLER,
    language: 'en-KE',
    firstState: 'ringing',
    handOffUrl: HAND_OFF
  })
  t.ok(Date.now() - Date.parse(openedAt) < 5_000)
  t.equal(await metric(app, 'karani_voice_documents_total{kind="stream"}'), 1)
})

t.test('forms and JSON, in either vocabulary, mean the same call', async (t) => {
  const { app } = await build(t)
  const tutorial = { CallId: '0190a3b4-0000-7000-8000-000000000001', From: CALLER, To: LENDER }
  const bodies: [string, () => ReturnType<typeof postForm>][] = [
    ['HD_24d73b451801', () => postForm(app, ringing({ sessionId: 'HD_24d73b451801' }))],
    ['HD_24d73b451802', () => postJson(app, ringing({ sessionId: 'HD_24d73b451802' }))],
    ['0190a3b4-0000-7000-8000-000000000001', () => postForm(app, tutorial)],
    ['0190a3b4-0000-7000-8000-000000000002', () => postJson(app, { ...tutorial, CallId: '0190a3b4-0000-7000-8000-000000000002' })],
    ['HD_24d73b451803', () => postForm(app, { ...ringing({ sessionId: 'HD_24d73b451803' }), ...tutorial })]
  ]
  for (const [callId, post] of bodies) {
    const context = await app.callState.tickets.spend(ticketIn((await post()).body)) as CallContext
    t.match(context, { callId, caller: CALLER, line: LENDER, agent: 'lender' })
  }
})

t.test('a caller whose number is withheld or malformed is answered as anonymous', async (t) => {
  const { app } = await build(t)
  for (const [n, callerNumber] of ['anonymous', '', 'Restricted', '+', 'sip:bob@example.com', '0', "'; drop table", 'x'.repeat(4_000)].entries()) {
    const res = await postForm(app, ringing({ sessionId: `HD_${n}`, callerNumber }))
    t.match(await app.callState.tickets.spend(ticketIn(res.body)), { caller: null }, callerNumber.slice(0, 20))
  }
})

t.test('numbers without a plus are the same people', async (t) => {
  const { app } = await build(t)
  const res = await postForm(app, ringing({ callerNumber: CALLER.slice(1), destinationNumber: LENDER.slice(1) }))
  t.match(await app.callState.tickets.spend(ticketIn(res.body)), { caller: CALLER, line: LENDER })
})

t.test('where our own number arrives as the caller, the other number is the person', async (t) => {
  const { app } = await build(t)
  const res = await postForm(app, ringing({ callerNumber: LENDER, destinationNumber: CALLER }))
  t.match(await app.callState.tickets.spend(ticketIn(res.body)), { caller: CALLER, line: LENDER, direction: 'inbound' })
})

const PREPARED: CallContext = {
  callId: 'r-8f2b',
  clientRequestId: 'r-8f2b',
  direction: 'outbound',
  agent: 'lender',
  line: LENDER,
  businessName: 'Tumaini Credit Limited',
  caller: CALLER,
  language: 'sw-KE',
  outreach: { purpose: 'collection', subject: 'LN-1001' },
  openedAt: '2026-11-21T08:00:00.000Z'
}
const placed = (fields: Record<string, string> = {}): Record<string, string> => ringing({ callerNumber: LENDER, destinationNumber: CALLER, direction: 'Outbound', ...fields })
const LABELLED = { url: '/voice?clientRequestId=r-8f2b' }

for (const [title, fields, firstState] of [
  ['fetched on answer', placed({ callSessionState: 'Answered' }), 'answered'],
  ['fetched while it rings', placed(), 'ringing'],
  ['that is said to be over', completed({ callerNumber: LENDER, destinationNumber: CALLER, direction: 'OUTBOUND' }), 'completed'],
  ["in the tutorials' vocabulary, which does not say which way it goes", { CallId: 'HD_24d73b4518bc', From: LENDER, To: CALLER }, 'other'],
  ['in that of both, without a plus', { ...placed({ callerNumber: LENDER.slice(1), destinationNumber: CALLER.slice(1) }), CallId: 'HD_24d73b4518bc', From: LENDER, To: CALLER }, 'ringing']
] as const) {
  t.test(`a call that we placed, ${title}, has the context that was prepared under its label`, async (t) => {
    const { app } = await build(t)
    await app.callState.contexts.open(PREPARED)
    const res = await postForm(app, fields, LABELLED)
    t.strictSame(await app.callState.tickets.spend(ticketIn(res.body)), { ...PREPARED, callId: 'HD_24d73b4518bc', firstState, handOffUrl: HAND_OFF })
  })
}

t.test('a call that we placed, and nobody knows why any more, ends with a sentence that tells nothing', async (t) => {
  const { app } = await build(t)
  for (const [n, post] of [LABELLED, undefined, LABELLED].entries()) {
    const fields = placed({ sessionId: `HD_lost${n}`, callSessionState: 'Answered' })
    for (const body of [(await postForm(app, fields, post)).body, (await postForm(app, fields, post)).body]) {
      t.match(body, /<Say language="en-KE">Hello, this is an automated call from Tumaini Credit Limited\. We are sorry to have disturbed you\. Goodbye\.<\/Say><Hangup\/>/)
      t.notMatch(body, /Stream|Dial/)
    }
    t.equal((await postForm(app, { ...fields, callSessionState: 'Completed' }, post)).body, EMPTY)
  }
  t.equal(await metric(app, 'karani_voice_documents_total{kind="apology"}'), 6)
})

t.test('without Redis nobody is rung for a call that we placed', async (t) => {
  const { app, redis } = await build(t)
  await redis.kill()
  t.match((await postForm(app, placed({ callSessionState: 'Answered' }), LABELLED)).body, /sorry to have disturbed you/)
})

t.test('a number that the lines file does not know is told so, and leaves no trace', async (t) => {
  const { app } = await build(t)
  const res = await postForm(app, ringing({ destinationNumber: '+254711999999' }))
  t.equal(res.statusCode, 200)
  t.match(res.body, /<Response><Say language="en-KE">[^<]+<\/Say><Hangup\/><\/Response>$/)
  t.equal(await app.callState.contexts.get('HD_24d73b4518bc'), undefined)
})

t.test('a retry before the stream gets a document of its own; whichever ticket is used first has the call', async (t) => {
  const { app } = await build(t)
  const documents = await Promise.all([postForm(app, ringing()), postForm(app, ringing())])
  const third = await postForm(app, ringing())
  const tickets = [...documents, third].map(res => ticketIn(res.body))
  t.equal(new Set(tickets).size, 3)
  t.match(await app.callState.tickets.spend(tickets[1]!), { callId: 'HD_24d73b4518bc' })
  t.equal(await app.callState.tickets.spend(tickets[0]!), 'taken')
  t.equal(await app.callState.tickets.spend(tickets[2]!), 'taken')
})

t.test('a first fetch that says the call is over is answered, and so is its retry', async (t) => {
  const { app } = await build(t)
  for (let times = 1; times <= 2; times++) t.match((await postForm(app, completed())).body, /<Stream /)
})

t.test('the answer and the hang-up, told before the stream is open, are news', async (t) => {
  const { app } = await build(t)
  t.match((await postForm(app, ringing())).body, /<Stream /)
  t.equal((await postForm(app, ringing({ callSessionState: 'Answered' }))).body, EMPTY)
  t.equal((await postForm(app, completed())).body, EMPTY)
})

t.test('once a call streams, its voice URL gets nothing but news', async (t) => {
  const { app } = await build(t)
  await app.callState.tickets.spend(ticketIn((await postForm(app, ringing())).body))
  for (const callSessionState of ['Ringing', 'Answered', 'StreamStarted', 'StreamStopped', 'StreamError', 'Completed', 'Completed', 'Abducted']) {
    const res = await postForm(app, ringing({ callSessionState }))
    t.equal(res.statusCode, 200)
    t.equal(res.body, EMPTY, callSessionState)
  }
  t.equal(await metric(app, 'karani_voice_documents_total{kind="empty"}'), 8)
})

t.test('no order and no repetition of the edges gives a call two streams, and every order leaves the same facts', async (t) => {
  const { app, redis } = await build(t)
  const connection = new Redis(redis.url)
  t.teardown(() => connection.disconnect())
  const edges = ['Ringing', 'Answered', 'StreamStarted', 'StreamStopped', 'Completed']
  const orders = fc.tuple(fc.shuffledSubarray(edges, { minLength: edges.length }), fc.array(fc.constantFrom(...edges), { maxLength: 5 }))
  let n = 0
  await fc.assert(fc.asyncProperty(orders, async ([all, repeated]) => {
    const sessionId = `HD_${++n}`
    let streams = 0
    for (const callSessionState of [...all, ...repeated]) {
      const { body } = await postForm(app, ringing({ sessionId, callSessionState }))
      if (body === EMPTY) continue
      const outcome = await app.callState.tickets.spend(ticketIn(body))
      if (typeof outcome === 'object') streams++
      t.equal(streams, 1, 'a document after the stream was opened')
    }
    t.equal(streams, 1)
    const states = (await new CarrierFacts(connection).of(sessionId)).map(fact => fact.state).sort()
    t.strictSame(states, ['answered', 'completed', 'ringing', 'stream-started', 'stream-stopped'])
  }), { numRuns: 30 })
})

t.test('what a request says of hosts and proxies does not reach the document', async (t) => {
  const { app } = await build(t)
  const spoofs: Record<string, string>[] = [
    { host: 'evil.example' }, { host: 'evil.example:443' }, { host: 'karani.example@evil.example' },
    { 'x-forwarded-host': 'evil.example' }, { 'x-forwarded-proto': 'http' }, { 'x-forwarded-for': '10.0.0.1' }, { 'x-forwarded-port': '81' },
    { forwarded: 'host=evil.example;proto=http' }, { 'x-original-url': '/evil' }, { 'x-rewrite-url': '/evil' }, { origin: 'https://evil.example' }, { referer: 'https://evil.example' }
  ]
  for (const headers of spoofs) {
    const { body } = await postForm(app, ringing(), { headers })
    t.notMatch(body, /evil|http:|:81/)
    t.match(body, /wss:\/\/media\.example\/audio\/.*https:\/\/karani\.example\/voice\/stream-status/)
  }
})
