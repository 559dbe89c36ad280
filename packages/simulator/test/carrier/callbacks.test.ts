import t from 'tap'
import { carrierPresets } from '../../src/index.ts'
import { CALLER, LINE, ring, start, startPeer, streamTo, type Peer, type Posted } from './peer.ts'

const HANG_UP = { body: '<Response><Hangup/></Response>' }

t.test('the vocabulary is the PBX one, the tutorial one, or both', async t => {
  for (const [vocabulary, wanted, unwanted] of [
    ['pbx', { sessionId: /^HD_/, callerNumber: CALLER }, 'CallId'],
    ['tutorial', { CallId: /^HD_/, From: CALLER, To: LINE }, 'callSessionState'],
    ['both', { CallId: /^HD_/, sessionId: /^HD_/, From: CALLER, callerNumber: CALLER }, 'none']
  ] as const) {
    const peer = await startPeer(t, () => HANG_UP)
    const carrier = await start(t, { peer, behaviour: { vocabulary } })
    const call = await ring(carrier)
    await call.settled
    t.match(peer.posts[0]!.fields, wanted)
    t.notOk(unwanted in peer.posts[0]!.fields)
    t.equal(peer.posts.filter(({ url }) => url === '/voice').length, vocabulary === 'tutorial' ? 1 : 2, 'an edge without a state would read as a new call')
  }
})

t.test('numbers come without plus, withheld, or not at all; bodies as JSON', async t => {
  const peer = await startPeer(t, () => HANG_UP)
  const carrier = await start(t, { peer, behaviour: { plusInNumbers: false, voiceBody: 'json', isActiveForm: 'true or false', completedToVoice: false, eventKinds: 'none' } })
  for (const from of [CALLER, 'anonymous', null]) await (await ring(carrier, { from })).settled
  t.match(peer.posts.map(({ fields }) => fields), [
    { callerNumber: '254712345678', destinationNumber: '254711000001', isActive: true },
    { callerNumber: 'anonymous' },
    { callerNumber: undefined }
  ])
  t.equal(peer.posts[0]!.headers['content-type'], 'application/json')
})

t.test('a first callback that already says Completed is still answered with a document', async t => {
  const peer: Peer = await startPeer(t, (post, n) => post.url === '/voice' && n === 1 ? streamTo(peer.media) : {})
  const carrier = await start(t, { peer, behaviour: { firstState: 'Completed' } })
  const call = await ring(carrier)
  await peer.socket()
  t.match(peer.posts[0]!.fields, { callSessionState: 'Completed', durationInSeconds: '0' })
  call.hangUp()
})

for (const [envelope, expected] of [
  ['kind, data', { kind: 'call.completed', event_id: String, workspace_id: String, occurred_at: String, data: { call_id: String, pbx_call_id: /^HD_/, direction: 'inbound', from: CALLER, to: LINE, status: 'completed', hangup_cause: 'normal_clearing', duration_seconds: Number } }],
  ['event_kind, payload', { event_kind: 'call.completed', event_id: String, payload: { call_id: String, occurred_at: String } }],
  ['PBX', { sessionId: /^HD_/, callSessionState: 'Completed', durationInSeconds: Number }]
] as const) {
  t.test(`events come as ${envelope}`, async t => {
    const peer = await startPeer(t, post => post.url === '/voice' ? { body: '<Response><Say>hi</Say></Response>' } : {})
    const carrier = await start(t, { peer, behaviour: { envelope, eventKinds: 'terminal', completedToVoice: false, eventHeaders: 'Idempotency-Key' } })
    await (await ring(carrier)).settled
    const events = peer.posts.filter(({ url }) => url === '/events')
    t.match(events.map(({ fields }) => fields), [expected])
    t.match(events[0]!.headers, { 'content-type': 'application/json', 'x-sautikit-event': 'call.completed', 'x-sautikit-idempotency-key': String })
  })
}

t.test('an event is tried up to eight times, then given up', async t => {
  const peer = await startPeer(t, post => post.url === '/events' ? { status: 500 } : HANG_UP)
  const carrier = await start(t, { peer, behaviour: { eventKinds: 'terminal', retryTimeScale: 0 } })
  await (await ring(carrier)).settled
  t.equal(peer.posts.filter(({ url }) => url === '/events').length, 8)
})

t.test('an event that was accepted late is not sent again', async t => {
  const peer = await startPeer(t, (post, n) => post.url === '/events' ? { status: n < 3 ? 503 : 204 } : HANG_UP)
  const carrier = await start(t, { peer, behaviour: { eventKinds: 'terminal', retryTimeScale: 0 } })
  await (await ring(carrier)).settled
  const events = peer.posts.filter(({ url }) => url === '/events')
  t.equal(events.length, 3)
  t.equal(new Set(events.map(({ headers }) => headers['x-sautikit-event-id'])).size, 1)
})

t.test('callbacks are doubled and reordered as the behaviour says', async t => {
  const peer = await startPeer(t, (post, n) => post.url === '/voice' && n === 1 ? { body: '<Response><Say>hi</Say></Response>' } : {})
  const carrier = await start(t, { peer, behaviour: { answeredCallback: true, copies: 2, eventKinds: 'none', callbackDelayMs: state => state === 'Answered' ? 300 : 0 } })
  await (await ring(carrier)).settled
  const states = peer.posts.map(({ fields }: Posted) => fields.callSessionState)
  t.same(states.toSorted(), ['Answered', 'Answered', 'Completed', 'Completed', 'Ringing', 'Ringing'])
  t.ok(states.indexOf('Completed') < states.indexOf('Answered'))
})

t.test('stream edges go where the behaviour says, filtered by statusEvents', async t => {
  for (const [streamEdgesTo, expected] of [
    ['voice URL', ['/status StreamStopped', '/voice StreamStarted', '/voice StreamStopped']],
    ['events URL', ['/events StreamStarted', '/events StreamStopped', '/status StreamStopped']],
    ['status callback only', ['/status StreamStopped']]
  ] as const) {
    const peer: Peer = await startPeer(t, post => post.fields.callSessionState === 'Ringing' ? streamTo(peer.media, `name="main" statusCallback="${peer.url}/status" statusEvents="stream-stopped stream-error"`) : {})
    const carrier = await start(t, { peer, behaviour: { streamEdgesTo } })
    const call = await ring(carrier)
    await (await peer.socket()).audioOf(640)
    call.hangUp()
    await call.settled
    const edges = peer.posts.filter(({ fields }) => fields.callSessionState?.startsWith('Stream') === true)
    t.same(edges.map(({ url, fields }) => `${url} ${fields.callSessionState}`).toSorted(), expected)
    t.match(edges[0]!.fields, { streamSid: String, streamName: 'main' })
  }
})

t.test('status callbacks come unsigned where the behaviour says so', async t => {
  for (const statusSigned of [true, false]) {
    const peer: Peer = await startPeer(t, post => post.fields.callSessionState === 'Ringing' ? streamTo(peer.media, `statusCallback="${peer.url}/status"`) : {})
    const carrier = await start(t, { numbers: [{ number: LINE, voiceUrl: `${peer.url}/voice`, signingSecret: 'whsec_x' }], behaviour: { statusSigned } })
    const call = await ring(carrier)
    const { headers } = await peer.posted('/status')
    t.equal('x-sautikit-signature' in headers, statusSigned)
    call.hangUp()
  }
})

t.test('a Stream in the answer to a lifecycle edge is noted as a fault', async t => {
  const peer: Peer = await startPeer(t, () => streamTo(peer.media))
  const carrier = await start(t, { peer })
  const call = await ring(carrier)
  await peer.socket()
  call.hangUp()
  await call.settled
  t.ok(call.log.all('fault').some(({ what }) => what.includes('lifecycle edge')))
})

t.test('every preset carries a call from ring to goodbye', async t => {
  for (const [name, preset] of Object.entries(carrierPresets)) {
    const peer: Peer = await startPeer(t, (post, n) => post.url === '/voice' && n <= preset.copies ? streamTo(peer.media) : {})
    const carrier = await start(t, { peer, behaviour: { ...preset, connectDelayMs: 100 } })
    const call = await ring(carrier)
    const media = await peer.socket()
    await media.audioOf(6_400)
    call.hangUp()
    await call.settled
    t.equal(await media.closed, 1000, name)
    t.equal(peer.sockets.length, 1, name)
    t.same(call.log.all('fault'), [], name)
  }
})
