import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import t from 'tap'
import { freePort } from '@karani/local-stack'
import { readDialableNumber, type DialableNumber } from '@karani/calling-rules'
import { DEMO_NUMBERS } from '../src/index.ts'
import { clientOf, fault, startCarrier, type Reaction } from './carrier.ts'

function dialable (text: string): DialableNumber {
  const read = readDialableNumber(text, { countries: ['KE'] })
  if ('number' in read) return read.number
  throw new TypeError(read.refused)
}

const SESSION = 'HD_24d73b4518bc'
const UUID = '0190b1c2-7f3e-7000-8000-0123456789ab'
const CALL = { from: '+254711000001', to: dialable('+254722000001'), voiceCallbackUrl: 'https://karani.example/voice', clientRequestId: 'lead-7', idempotencyKey: 'attempt-7' }
const PLACED = { call_id: UUID, session_id: SESSION, status: 'ringing', client_request_id: 'lead-7' }
const HUNG_UP = { status: 200, body: { call_id: UUID, status: 'hung_up' } }

t.test('a call is hung up', async (t) => {
  const { client, asked } = await startCarrier(t, HUNG_UP)
  await client.hangUp(SESSION)
  t.match(asked, [{ method: 'POST', path: `/v1/calls/${SESSION}/hangup`, headers: { authorization: 'Bearer eyJ-key' }, body: undefined }])
})

t.test('a call that the carrier no longer knows is as good as hung up', async (t) => {
  const { client, asked } = await startCarrier(t, fault(404, 'calls.not_found'))
  await client.hangUp(SESSION)
  t.equal(asked.length, 1)
})

t.test('a 404 that is not about the call is a fault: the URL may be wrong', async (t) => {
  const { client } = await startCarrier(t, { status: 404, body: '<html>not here</html>' })
  await t.rejects(client.hangUp(SESSION), { code: 'SAUTIKIT_REFUSED', status: 404, reason: 'http_404', requestId: null })
})

const passing: Array<[what: string, reaction: Reaction]> = [['a 500', { status: 500, body: { code: 'internal_error' } }], ['a 429', { status: 429, body: {} }], ['a lost connection', 'hang up'], ['silence', 'silent']]
for (const [what, reaction] of passing) {
  t.test(`after ${what} a hang-up is asked for again`, async (t) => {
    const { client, asked } = await startCarrier(t, reaction, reaction, HUNG_UP)
    await client.hangUp(SESSION)
    t.equal(asked.length, 3)
  })

  t.test(`after ${what} a call is not placed again: it may exist`, async (t) => {
    const { client, asked } = await startCarrier(t, reaction, { status: 201, body: PLACED })
    await t.rejects(client.placeCall(CALL))
    t.equal(asked.length, 1)
  })
}

t.test('a carrier that keeps failing is asked three times', async (t) => {
  const { client, asked } = await startCarrier(t, fault(503, 'internal_error'), fault(503, 'internal_error'), fault(503, 'internal_error'), HUNG_UP)
  await t.rejects(client.hangUp(SESSION), { code: 'SAUTIKIT_FAILED', status: 503, reason: 'internal_error', requestId: 'req_01900000abc' })
  t.equal(asked.length, 3)
})

t.test('a refusal is final', async (t) => {
  const { client, asked } = await startCarrier(t, fault(403, 'api_key.scope_denied'))
  await t.rejects(client.hangUp(SESSION), { code: 'SAUTIKIT_REFUSED', status: 403, reason: 'api_key.scope_denied' })
  t.equal(asked.length, 1)
})

t.test('a call is placed with a list of one number, and with both of its keys', async (t) => {
  const { client, asked } = await startCarrier(t, { status: 201, body: PLACED })
  t.strictSame(await client.placeCall(CALL), { callIds: [SESSION, UUID], status: 'ringing' })
  t.match(asked, [{ method: 'POST', path: '/v1/calls', headers: { 'content-type': 'application/json', 'idempotency-key': 'attempt-7' } }])
  t.strictSame(asked[0]?.body, { from: '+254711000001', to: ['+254722000001'], voice_callback_url: 'https://karani.example/voice', client_request_id: 'lead-7' })
})

t.test('a placed call may be without an identity', async (t) => {
  const { client } = await startCarrier(t, { status: 201, body: { session_id: null } })
  t.strictSame(await client.placeCall(CALL), { callIds: [], status: 'ringing' })
})

t.test('an empty wallet is a refusal, and nobody was dialled', async (t) => {
  const { client } = await startCarrier(t, fault(402, 'wallet.insufficient_funds'))
  await t.rejects(client.placeCall(CALL), { code: 'SAUTIKIT_REFUSED', status: 402, reason: 'wallet.insufficient_funds', requestId: 'req_01900000abc' })
})

t.test('a placed call whose reply cannot be read is neither placed nor refused', async (t) => {
  for (const body of ['', 'created', [], { call_id: 7 }]) {
    const { client } = await startCarrier(t, { status: 201, body })
    await t.rejects(client.placeCall(CALL), { code: 'SAUTIKIT_FAILED', status: 201, reason: 'unreadable' })
  }
})

t.test('no answer in time, or none at all, says nothing about the effect', async (t) => {
  const { client } = await startCarrier(t, 'silent', 'hang up')
  await t.rejects(client.placeCall(CALL), { code: 'SAUTIKIT_UNREACHABLE', reason: 'timeout', status: null })
  await t.rejects(client.placeCall(CALL), { code: 'SAUTIKIT_UNREACHABLE', reason: 'network', status: null })
  await t.rejects(clientOf({ url: 'http://127.0.0.1:1' }).placeCall(CALL), { code: 'SAUTIKIT_UNREACHABLE', reason: 'network' })
})

t.test('a call is moved to another voice URL', async (t) => {
  const { client, asked } = await startCarrier(t, { status: 200, body: '' }, { status: 405 })
  await client.redirect(SESSION, 'https://karani.example/voice/handoff')
  t.match(asked, [{ method: 'POST', path: `/v1/calls/${SESSION}/redirect`, body: { routing_url: 'https://karani.example/voice/handoff' } }])
  await t.rejects(client.redirect(SESSION, 'https://karani.example/voice/handoff'), { code: 'SAUTIKIT_REFUSED', status: 405 })
})

t.test('a call is read, as far as it has come', async (t) => {
  const call = { id: UUID, session_id: SESSION, direction: 'inbound', status: 'completed', duration_seconds: 73, cost_minor: 0, cost_currency: 'KES', events: [{}], metadata: null }
  const { client, asked } = await startCarrier(t, 'hang up', { status: 200, body: { call } }, { status: 200, body: { call: { id: UUID, direction: 'outbound', status: 'ringing', answered_at: null } } })
  t.match(await client.getCall(SESSION), { id: UUID, status: 'completed', duration_seconds: 73 })
  t.match(await client.getCall(UUID), { status: 'ringing', answered_at: null })
  t.strictSame(asked.map(({ method, path }) => `${method} ${path}`), [`GET /v1/calls/${SESSION}`, `GET /v1/calls/${SESSION}`, `GET /v1/calls/${UUID}`])
})

t.test('the numbers of the workspace are listed', async (t) => {
  const number = { id: UUID, e164: '+254711000001', status: 'active', voice_callback_url: null, capabilities: ['voice'] }
  const { client } = await startCarrier(t, { status: 200, body: { numbers: [number] } })
  t.match(await client.listNumbers(), [{ id: UUID, e164: '+254711000001', voice_callback_url: null }])
})

const ROUTING = { voiceCallbackUrl: 'https://karani.example/voice', eventsUrl: 'https://karani.example/events' }

t.test("a number's routing is set", async (t) => {
  const { client, asked } = await startCarrier(t, { status: 200, body: {} })
  await client.setRouting(UUID, ROUTING)
  t.match(asked, [{ method: 'PATCH', path: `/v1/numbers/${UUID}/routing`, body: { voice_callback_url: ROUTING.voiceCallbackUrl, events_url: ROUTING.eventsUrl } }])
})

for (const status of [404, 405]) {
  t.test(`where PATCH is answered ${status} the routing is PUT`, async (t) => {
    const { client, asked } = await startCarrier(t, { status }, { status: 204, headers: {} })
    await client.setRouting(UUID, ROUTING)
    t.strictSame(asked.map(({ method }) => method), ['PATCH', 'PUT'])
    t.strictSame(asked[1]?.body, asked[0]?.body)
  })
}

t.test('the wallet is read from either of its paths', async (t) => {
  const balance = (minor: number): Reaction => ({ status: 200, body: { balance_minor: minor, currency: 'KES', workspace_id: 'w' } })
  const { client, asked } = await startCarrier(t, balance(12_050), { status: 404 }, balance(0), balance(10), { status: 405 }, balance(20))
  t.match(await client.wallet(), { balance_minor: 12_050, currency: 'KES' })
  t.match(await client.wallet(), { balance_minor: 0, currency: 'KES' })
  t.match(await client.wallet(), { balance_minor: 10 }, 'it knows which one answers')
  t.match(await client.wallet(), { balance_minor: 20 }, 'until that one does not')
  t.strictSame(asked.map(({ path }) => path.slice('/v1/wallet'.length)), ['/balance', '/balance', '', '', '', '/balance'])
})

t.test('another refusal is not taken for an unknown path', async (t) => {
  const { client, asked } = await startCarrier(t, fault(401, 'api_key.invalid'))
  await t.rejects(client.wallet(), { code: 'SAUTIKIT_REFUSED', reason: 'api_key.invalid' })
  t.equal(asked.length, 1)
})

t.test('an error in the bare form is read too', async (t) => {
  const { client } = await startCarrier(t, { status: 410, body: { code: 'recording_unavailable', reason: 'pbx_deleted_before_capture' } })
  await t.rejects(client.getCall(UUID), { code: 'SAUTIKIT_REFUSED', status: 410, reason: 'recording_unavailable' })
})

t.test('a redirection is not followed: the key is for the carrier alone', async (t) => {
  const { client, asked } = await startCarrier(t, ...Array<Reaction>(3).fill({ status: 307, headers: { location: '/v1/elsewhere' } }))
  await t.rejects(client.wallet(), { code: 'SAUTIKIT_FAILED', status: 307, reason: 'http_307' })
  t.strictSame(new Set(asked.map(({ path }) => path)), new Set(['/v1/wallet/balance']))
})

t.test('an error holds neither the key nor what the carrier wrote about people', async (t) => {
  const { client } = await startCarrier(t, fault(400, 'calls.invalid'), { status: 400, body: { error: { code: 'Wanjiku +254722000001', message: 'Wanjiku' } } }, { status: 201, body: 'Wanjiku' })
  const errors = await Promise.all([client, client, client].map(async client => await client.placeCall(CALL).catch((err: unknown) => err)))
  const unsendable = await clientOf({ url: 'http://127.0.0.1:1', apiKey: 'eyJ-key\n2' }).placeCall(CALL).catch((err: unknown) => err)
  for (const err of [...errors, unsendable]) {
    t.match(err, { code: /^SAUTIKIT_/ })
    t.notMatch(inspect(err, { depth: 9 }), /Wanjiku|254722000001|eyJ-key/)
  }
})

t.test('the numbers of the demo records are those that the client knows', async (t) => {
  const { accounts, shipments, staff } = JSON.parse(readFileSync(new URL('../../../demo/records.json', import.meta.url), 'utf8'))
  const people = [...accounts.map(({ phone }: { phone: string }) => phone), ...shipments.map(({ recipientPhone }: { recipientPhone: string }) => recipientPhone), ...staff.map(({ number }: { number: string }) => number)]
  t.strictSame([...DEMO_NUMBERS].sort(), [...new Set(people)].sort())
})

t.test('a number of the demo records is dialled by no carrier but that of this machine', async (t) => {
  const { client, asked } = await startCarrier(t, { status: 201, body: PLACED })
  const call = { ...CALL, to: dialable('+254712345678') }
  for (const url of ['https://api.sautikit.com', 'https://127.0.0.1.example.com', 'http://10.0.0.1', 'https://localhost.example']) {
    await t.rejects(clientOf({ url }).placeCall(call), { code: 'DEMO_NUMBER' })
  }
  await client.placeCall(call)
  t.equal(asked.length, 1)
})

t.test('a refusal says how long the carrier wants to be left alone, and a request that found no connection that it was not sent', async (t) => {
  const { client } = await startCarrier(t, { status: 429, headers: { 'retry-after': '7' } }, 'hang up')
  await t.rejects(client.placeCall(CALL), { code: 'SAUTIKIT_REFUSED', status: 429, retryAfterMs: 7_000, unsent: false })
  await t.rejects(client.placeCall(CALL), { code: 'SAUTIKIT_UNREACHABLE', unsent: false })
  await t.rejects(clientOf({ url: `http://127.0.0.1:${await freePort()}` }).placeCall(CALL), { code: 'SAUTIKIT_UNREACHABLE', unsent: true })
})

t.test('the calls that we placed are listed page by page, and no number is asked for', async (t) => {
  const call = { id: UUID, session_id: SESSION, direction: 'outbound', status: 'ringing', local_e164: '+254711000001', remote_e164: '+254722000001', started_at: '2026-11-24T07:00:01Z' }
  const { client, asked } = await startCarrier(t, { status: 200, body: { data: [call, { ...call, direction: 'inbound' }], next_cursor: 'c 2' } }, { status: 200, body: { data: [call], next_cursor: null } })
  t.equal((await client.outboundCallsSince(new Date('2026-11-24T07:00:00Z'))).length, 2)
  const path = '/v1/calls?direction=outbound&from=2026-11-24T07%3A00%3A00.000Z&limit=100'
  t.strictSame(asked.map(({ path }) => path), [path, `${path}&cursor=c+2`])
})
