import t, { type Test } from 'tap'
import { silentPhone, type Carrier, type CarrierBehaviour, type CarrierOptions } from '../../src/index.ts'
import { CALLER, LINE, ring, start, startPeer, streamTo, type Peer } from './peer.ts'

interface Reply { status: number, body: Record<string, any> }

async function ask (carrier: Carrier, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(`${carrier.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${carrier.apiKey}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: 'manual'
  })
  return { status: response.status, body: response.headers.get('content-type')?.includes('json') === true ? await response.json() as Record<string, any> : {} }
}

async function outbound (t: Test, options: Partial<CarrierOptions> = {}): Promise<{ peer: Peer, carrier: Carrier }> {
  const peer: Peer = await startPeer(t, post => post.fields.callSessionState === 'Answered' ? streamTo(peer.media) : {})
  const carrier = await start(t, { peer, ...options })
  carrier.subscribe(CALLER, () => ({ does: 'answer', phone: silentPhone() }))
  return { peer, carrier }
}

t.test('a call is placed: 201 at once, and on answer the voice URL is asked with the label in body and query', async t => {
  const { peer, carrier } = await outbound(t)
  const { status, body } = await ask(carrier, 'POST', '/v1/calls', { from: LINE, to: [CALLER], client_request_id: 'lead-7' })
  t.equal(status, 201)
  t.match(body, { call_id: /^[0-9a-f-]{36}$/, session_id: /^HD_/, status: 'ringing', client_request_id: 'lead-7' })
  const post = await peer.posted('/voice')
  t.equal(post.url, '/voice?clientRequestId=lead-7')
  t.match(post.fields, { sessionId: body.session_id, clientRequestId: 'lead-7', callerNumber: LINE, destinationNumber: CALLER, direction: 'Outbound' })
  await peer.socket()
  t.match(await ask(carrier, 'GET', `/v1/calls/${body.session_id}`), { body: { call: { id: body.call_id, status: 'answered', direction: 'outbound', ended_at: null } } })
})

t.test('a per-call voice URL comes before that of the number; the alias and a bare number work too', async t => {
  const { peer, carrier } = await outbound(t)
  t.equal((await ask(carrier, 'POST', '/v1/calls/originate', { from: LINE, to: CALLER, voice_callback_url: `${peer.url}/mine` })).status, 201)
  await peer.posted('/mine')
  t.notOk(peer.posts.some(({ url }) => url.startsWith('/voice')))
})

t.test('an Idempotency-Key replays the first answer while the call is up, and dials again afterwards', async t => {
  const { carrier } = await outbound(t)
  const place = async (to = CALLER): Promise<Reply> => await ask(carrier, 'POST', '/v1/calls', { from: LINE, to: [to] }, { 'idempotency-key': 'k' })
  const first = await place()
  t.same(await place(), first)
  t.match(await place('+254722000002'), { status: 409, body: { error: { code: 'idempotency.conflict' } } })
  t.equal(carrier.calls.length, 1)
  await ask(carrier, 'POST', `/v1/calls/${first.body.call_id}/hangup`)
  await carrier.calls[0]!.ended
  t.not((await place()).body.call_id, first.body.call_id)
})

t.test('hang-up ends the call, also by session id, and may be repeated', async t => {
  const { peer, carrier } = await outbound(t)
  const { body } = await ask(carrier, 'POST', '/v1/calls', { from: LINE, to: [CALLER] })
  const media = await peer.socket()
  const expected = { status: 200, body: { call_id: body.call_id, status: 'hung_up' } }
  t.same(await ask(carrier, 'POST', `/v1/calls/${body.session_id}/hangup`), expected)
  t.same(await ask(carrier, 'POST', `/v1/calls/${body.call_id}/hangup`), expected)
  t.equal(await media.closed, 1000)
})

t.test('what cannot be dialled is refused in the error envelope, and nothing is dialled', async t => {
  const { carrier } = await outbound(t)
  const body = { from: LINE, to: [CALLER] }
  const bad: Array<[number, string, unknown]> = [
    [400, 'calls.request_invalid', { ...body, to: ['0712345678'] }],
    [400, 'calls.request_invalid', { ...body, to: [] }],
    [400, 'calls.request_invalid', { ...body, client_request_id: 'mcp:1' }],
    [400, 'calls.request_invalid', { ...body, client_request_id: 'a\u0000' }],
    [403, 'calls.from_not_owned', { ...body, from: CALLER }]
  ]
  for (const [status, code, request] of bad) t.match(await ask(carrier, 'POST', '/v1/calls', request), { status, body: { error: { code, message: String, request_id: /^req_/ } } })
  t.match(await ask(carrier, 'POST', '/v1/calls', body, { authorization: 'Bearer no' }), { status: 401, body: { error: { code: 'api_key.invalid' } } })
  t.match(await ask(carrier, 'GET', '/v1/calls/HD_000000000000'), { status: 404, body: { error: { code: 'calls.not_found' } } })
  t.match(await ask(carrier, 'GET', '/v1/nothing'), { status: 404, body: { error: { code: 'route.not_found' } } })
  t.equal(carrier.calls.length, 0)
})

t.test('an empty wallet dials nothing: 402', async t => {
  const { carrier } = await outbound(t, { walletMinor: 0 })
  t.match(await ask(carrier, 'POST', '/v1/calls', { from: LINE, to: [CALLER] }), { status: 402, body: { error: { code: 'wallet.insufficient_funds' } } })
  t.equal(carrier.calls.length, 0)
})

t.test('a label that cannot ride the call is echoed and stays behind', async t => {
  const { peer, carrier } = await outbound(t)
  t.match(await ask(carrier, 'POST', '/v1/calls', { from: LINE, to: [CALLER], clientRequestId: 'two words' }), { body: { client_request_id: 'two words' } })
  const post = await peer.posted('/voice')
  t.equal(post.url, '/voice')
  t.equal(post.fields.clientRequestId, undefined)
})

for (const [outcome, status] of [['busy', 'busy'], ['ring out', 'no_answer']] as const) {
  t.test(`a far end that does '${outcome}' fails the call and costs nothing`, async t => {
    const { peer, carrier } = await outbound(t, { behaviour: { outboundRingMs: 20, envelope: 'kind, data' } })
    carrier.subscribe(CALLER, () => ({ does: outcome }))
    await ask(carrier, 'POST', '/v1/calls', { from: LINE, to: [CALLER] })
    const [call] = carrier.calls
    t.match(await call!.ended, { status, costMinor: 0 })
    t.match((await peer.posted('/events', ({ raw }) => raw.includes('call.failed'))).fields, { kind: 'call.failed', data: { failure_reason: status } })
    t.equal(await call!.answered, false)
  })
}

for (const redirect of ['works', 'no effect', 404, 405, 500] as const) {
  t.test(`a redirect that answers '${redirect}'`, async t => {
    const peer: Peer = await startPeer(t, post => post.url === '/handoff' ? { body: '<Response><Say>hello</Say><Hangup/></Response>' } : post.fields.callSessionState === 'Ringing' ? streamTo(peer.media) : {})
    const carrier = await start(t, { peer, behaviour: { redirect } })
    const call = await ring(carrier)
    const media = await peer.socket()
    const { status } = await ask(carrier, 'POST', `/v1/calls/${call.sessionId}/redirect`, { routing_url: `${peer.url}/handoff` })
    t.equal(status, typeof redirect === 'number' ? redirect : 200)
    if (redirect === 'works') {
      t.equal(await media.closed, 1000)
      await call.ended
      t.match(call.log.all('said'), [{ text: 'hello' }])
    } else {
      call.hangUp()
      await call.settled
      t.notOk(peer.posts.some(({ url }) => url === '/handoff'))
    }
  })
}

t.test('numbers are listed and routed, by whichever name the URL goes', async t => {
  const { peer, carrier } = await outbound(t)
  const { body } = await ask(carrier, 'GET', '/v1/numbers')
  t.match(body.numbers, [{ e164: LINE, status: 'active', voice_callback_url: `${peer.url}/voice` }])
  const id = body.numbers[0].id as string
  t.match(await ask(carrier, 'PATCH', `/v1/numbers/${id}/routing`, { voice_callback_url: `${peer.url}/a` }), { status: 200, body: { number: { voice_callback_url: `${peer.url}/a` } } })
  t.match(await ask(carrier, 'PUT', `/v1/numbers/${id}/routing`, { routing_url: `${peer.url}/b` }), { status: 200 })
  await ring(carrier)
  await peer.posted('/b')
})

t.test('a carrier whose routing is set with PUT knows no PATCH', async t => {
  const { carrier } = await outbound(t, { behaviour: { routingEndpoint: 'PUT /routing' } })
  const { body } = await ask(carrier, 'GET', '/v1/numbers')
  t.equal((await ask(carrier, 'PATCH', `/v1/numbers/${body.numbers[0].id}/routing`, {})).status, 404)
  t.equal((await ask(carrier, 'PUT', `/v1/numbers/${body.numbers[0].id}/routing`, {})).status, 200)
})

t.test('calls are listed newest first, page by page', async t => {
  const { carrier } = await outbound(t)
  for (let n = 0; n < 3; n++) (await ring(carrier)).hangUp()
  const first = await ask(carrier, 'GET', '/v1/calls?limit=2')
  t.equal(first.body.data.length, 2)
  t.equal(first.body.data[0].id, carrier.calls[2]!.callId)
  const second = await ask(carrier, 'GET', `/v1/calls?limit=2&cursor=${first.body.next_cursor}`)
  t.match(second.body, { data: [{ id: carrier.calls[0]!.callId, status: 'canceled' }], next_cursor: null })
})

t.test('the wallet is read on both paths, and an outbound call is paid by the second', async t => {
  const { peer, carrier } = await outbound(t, { walletMinor: 1000, behaviour: { outboundPerMinuteMinor: 6000, streamPerMinuteMinor: 0 } })
  await ask(carrier, 'POST', '/v1/calls', { from: LINE, to: [CALLER] })
  await (await peer.socket()).audioOf(3200)
  t.match(await ask(carrier, 'GET', '/v1/wallet'), { body: { balance_minor: 900 } }, 'while it lives')
  carrier.calls[0]!.hangUp()
  await carrier.calls[0]!.settled
  t.equal(carrier.walletMinor, 900)
  t.match(await ask(carrier, 'GET', '/v1/wallet'), { body: { balance_minor: 900, currency: 'KES' } })
  t.match(await ask(carrier, 'GET', '/v1/wallet/balance'), { body: { balance_minor: 900 } })
})

t.test('a carrier may tell its balance on one path alone, or not at all', async t => {
  const statuses = async (walletPath: CarrierBehaviour['walletPath']): Promise<number[]> => {
    const { carrier } = await outbound(t, { behaviour: { walletPath } })
    return [(await ask(carrier, 'GET', '/v1/wallet')).status, (await ask(carrier, 'GET', '/v1/wallet/balance')).status]
  }
  t.same(await statuses('/v1/wallet'), [200, 404])
  t.same(await statuses('/v1/wallet/balance'), [404, 200])
  t.same(await statuses('none'), [403, 403])
})

t.test('what is paid in can be called with', async t => {
  const { carrier } = await outbound(t, { walletMinor: 0 })
  carrier.topUp(500)
  t.match(await ask(carrier, 'POST', '/v1/calls', { from: LINE, to: [CALLER] }), { status: 201 })
})

t.test('the oracle keeps what clients asked and got', async t => {
  const { carrier } = await outbound(t)
  await ask(carrier, 'POST', '/v1/calls', { from: LINE, to: [CALLER] }, { 'idempotency-key': 'k9' })
  t.match(carrier.requests, [{ method: 'POST', url: '/v1/calls', idempotencyKey: 'k9', status: 201, body: { from: LINE } }])
})
