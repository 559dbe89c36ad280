import { inspect } from 'node:util'
import t from 'tap'
import { freePort } from '@karani/local-stack'
import { ACCEPTED, clientOf, fault, startServer, TOKEN, type Reaction } from './daraja-server.ts'
import type { StkOutcome, StkPush } from '../src/index.ts'

const PUSH: StkPush = { amountKes: 500, phone: '+254712345678', accountReference: 'TC-1042', description: 'Loan', callbackUrl: 'https://karani.example/mpesa/callback/x' }
const CHECKOUT = 'ws_CO_1007202409152617172396192'
const REFUSED = 'DARAJA_REFUSED'
const UNANSWERED = 'DARAJA_UNANSWERED'

t.test('a push is what Daraja documents', async (t) => {
  const { daraja, asked } = await startServer(t, TOKEN, ACCEPTED)
  t.strictSame(await daraja.push(PUSH), { merchantRequestId: '2654-4b64-97ff-b827b542881d3130', checkoutRequestId: CHECKOUT })
  t.match(asked[0], { method: 'GET', path: '/oauth/v1/generate?grant_type=client_credentials', headers: { authorization: `Basic ${Buffer.from('key:secret').toString('base64')}` } })
  t.match(asked[1], { method: 'POST', path: '/mpesa/stkpush/v1/processrequest', headers: { authorization: 'Bearer token-1', 'content-type': 'application/json' } })
  const { Timestamp, Password, ...body } = asked[1]!.body
  t.equal(Buffer.from(Password, 'base64').toString(), `174379passkey${Timestamp}`)
  t.strictSame(body, {
    BusinessShortCode: '174379', TransactionType: 'CustomerPayBillOnline', Amount: 500, PartyA: '254712345678', PartyB: '174379', PhoneNumber: '254712345678', CallBackURL: PUSH.callbackUrl, AccountReference: 'TC-1042', TransactionDesc: 'Loan'
  })
})

const instants: Array<[instant: string, timestamp: string]> = [
  ['2026-11-21T11:02:59.999Z', '20261121140259'], ['2026-11-21T21:00:00Z', '20261122000000'], ['2026-12-31T20:59:59Z', '20261231235959'], ['2026-12-31T21:00:00Z', '20270101000000'], ['2028-02-29T05:06:07Z', '20280229080607']
]
t.test('the time of a request is that of Nairobi, wherever the server stands', async (t) => {
  for (const [instant, timestamp] of instants) {
    const { url, asked } = await startServer(t, TOKEN, ACCEPTED)
    await clientOf(url, { now: () => new Date(instant) }).push(PUSH)
    t.equal(asked[1]!.body.Timestamp, timestamp)
  }
})

t.test('a push that no Daraja could take is not sent, and its error does not repeat it', async (t) => {
  const { daraja, asked } = await startServer(t)
  const wrong: Array<Partial<StkPush>> = [
    { amountKes: 0 }, { amountKes: -500 }, { amountKes: 500.5 }, { amountKes: 250_001 }, { amountKes: NaN }, { phone: '0712345678' }, { phone: '254712345678' }, { phone: '+255712345678' }, { phone: '+25471234567' }, { phone: '+2547123456789' },
    { accountReference: '' }, { accountReference: 'x'.repeat(13) }, { accountReference: 'akaunti é' }, { description: '' }, { description: 'x'.repeat(14) }, { callbackUrl: 'ftp://x' }
  ]
  for (const changes of wrong) {
    const err = await daraja.push({ ...PUSH, ...changes }).catch((err: unknown) => err)
    t.ok(err instanceof RangeError)
    const [field, value] = Object.entries(changes)[0]!
    t.match(inspect(err), new RegExp(field))
    if (String(value).length > 8) t.notOk(inspect(err).includes(String(value)))
  }
  t.strictSame(asked, [])
})

const pushes: Array<[what: string, reaction: Reaction, code: string, reason: string]> = [
  ['an invalid field', fault(400, '400.002.02'), REFUSED, '400.002.02'],
  ['no such merchant', fault(500, '500.001.1001', 'Merchant does not exist'), REFUSED, '500.001.1001'],
  ['wrong credentials', fault(500, '500.001.1001', 'Wrong credentials'), REFUSED, '500.001.1001'],
  ['a phone that already asks', fault(500, '500.001.1001', 'Unable to lock subscriber, a transaction is already in process for the current subscriber'), REFUSED, '500.001.1001'],
  ['a spike arrest', fault(500, '500.003.02', 'Error Occurred: Spike Arrest Violation'), REFUSED, '500.003.02'],
  ['a busy gateway', fault(500, '500.003.02', 'System is busy. Please try again in few minutes.'), REFUSED, '500.003.02'],
  ['a quota', fault(500, '500.003.03', 'Quota Violation'), REFUSED, '500.003.03'],
  ['too many requests', { status: 429, body: 'Too Many Requests' }, REFUSED, 'http_429'],
  ['a firewall', { status: 403, body: '<html>' }, REFUSED, 'http_403'],
  ['a response code other than 0', { body: { ResponseCode: '1', ResponseDescription: 'no' } }, REFUSED, 'response_1'],
  ['a fault of which nothing is known', fault(500, '500.003.1001', 'Internal Server Error'), UNANSWERED, '500.003.1001'],
  ['a fault that is a refusal in other words only', fault(500, '500.001.1001', 'Server Error'), UNANSWERED, '500.001.1001'],
  ['500 without words', { status: 500, body: '' }, UNANSWERED, 'http_500'],
  ['503', { status: 503, body: '<html>' }, UNANSWERED, 'http_503'],
  ['a redirection', { status: 302, body: '' }, UNANSWERED, 'http_302'],
  ['no JSON', { body: '<html>' }, UNANSWERED, 'unreadable'],
  ['nothing', { body: '' }, UNANSWERED, 'unreadable'],
  ['success without its ids', { body: { ResponseCode: '0' } }, UNANSWERED, 'unreadable'],
  ['an id that can be none', { body: { ResponseCode: '0', MerchantRequestID: '1', CheckoutRequestID: 'ws CO' } }, UNANSWERED, 'unreadable'],
  ['a fault in a code of its own', { status: 500, body: { errorCode: 'for +254 712', errorMessage: 'x' } }, UNANSWERED, 'http_500'],
  ['a cut connection', 'hang up', UNANSWERED, 'network'],
  ['silence', 'silent', UNANSWERED, 'timeout']
]
for (const [what, reaction, code, reason] of pushes) {
  t.test(`a push answered with ${what}: ${code} ${reason}, and nothing is sent again`, async (t) => {
    const { daraja, asked } = await startServer(t, TOKEN, reaction)
    const err = await daraja.push(PUSH).catch((err: unknown) => err)
    t.match(err, { code, reason })
    t.equal(asked.length, 2)
    t.notMatch(inspect(err, { depth: 9 }), /712345678|secret|passkey|token-1|Bearer/)
  })
}

t.test('a number in an answer counts as its text', async (t) => {
  const { daraja } = await startServer(t, { body: { access_token: 'token-1', expires_in: 3599 } }, { body: { ...(ACCEPTED as { body: object }).body, ResponseCode: 0 } })
  t.match(await daraja.push(PUSH), { checkoutRequestId: CHECKOUT })
})

t.test('a push without a token was refused, for it was never sent', async (t) => {
  const reactions: Array<[Reaction, string]> = [
    [fault(400, '400.008.01'), 'token_400.008.01'], [{ status: 503, body: '' }, 'token_http_503'], [fault(500, '500.003.1001'), 'token_500.003.1001'], ['hang up', 'token_network'], ['silent', 'token_timeout'],
    [{ body: { access_token: 'x' } }, 'token_unreadable'], [{ body: { access_token: '', expires_in: '3599' } }, 'token_unreadable']
  ]
  for (const [reaction, reason] of reactions) {
    const { daraja, asked } = await startServer(t, reaction)
    t.match(await daraja.push(PUSH).catch((err: unknown) => err), { code: REFUSED, reason })
    t.equal(asked.length, 1)
  }
})

t.test('where nobody listens, nothing was sent', async (t) => {
  const daraja = clientOf(`http://127.0.0.1:${await freePort()}`)
  t.match(await daraja.push(PUSH).catch((err: unknown) => err), { code: REFUSED, reason: 'token_unreachable' })
  t.match(await daraja.query(CHECKOUT).catch((err: unknown) => err), { code: REFUSED, reason: 'token_unreachable' })
})

t.test('one token serves all until a minute before its end, however many ask at once', async (t) => {
  let nowMs = Date.parse('2026-11-21T11:00:00Z')
  const { url, asked } = await startServer(t, TOKEN, ...Array(20).fill(ACCEPTED), ACCEPTED, TOKEN, ACCEPTED)
  const daraja = clientOf(url, { now: () => new Date(nowMs) })
  const granted = (): number => asked.filter(({ method }) => method === 'GET').length
  await Promise.all(Array.from({ length: 20 }, async () => await daraja.push(PUSH)))
  nowMs += 3_538_000
  await daraja.push(PUSH)
  t.equal(granted(), 1)
  nowMs += 1_000
  await daraja.push(PUSH)
  t.equal(granted(), 2)
})

t.test('a token that is refused is renewed, once', async (t) => {
  for (const refusal of [fault(404, '404.001.03', 'Invalid Access Token'), fault(400, '400.003.01', 'Invalid Access Token'), fault(401, '401.002.01'), { status: 401, body: '' }]) {
    const { daraja, asked } = await startServer(t, TOKEN, refusal, { body: { access_token: 'token-2', expires_in: '3599' } }, ACCEPTED)
    await daraja.push(PUSH)
    t.strictSame(asked.map(({ headers }) => headers.authorization?.split(' ')[1]).slice(1), ['token-1', Buffer.from('key:secret').toString('base64'), 'token-2'])
  }
  const { daraja, asked } = await startServer(t, TOKEN, fault(404, '404.001.03'), TOKEN, fault(404, '404.001.03'))
  t.match(await daraja.push(PUSH).catch((err: unknown) => err), { code: REFUSED, reason: '404.001.03' })
  t.equal(asked.length, 4)
})

t.test('a token that could not be had is asked for again by the next request', async (t) => {
  const { daraja } = await startServer(t, { status: 503, body: '' }, TOKEN, ACCEPTED)
  await t.rejects(daraja.push(PUSH), { code: REFUSED })
  t.match(await daraja.push(PUSH), { checkoutRequestId: CHECKOUT })
})

const outcomes: Array<[reply: Reaction, outcome: StkOutcome]> = [
  [{ body: { ResponseCode: '0', ResultCode: '0' } }, { state: 'paid' }],
  [{ body: { ResultCode: 0 } }, { state: 'paid' }],
  [fault(500, '500.001.1001', 'The transaction is being processed'), { state: 'pending' }],
  [{ body: { ResultCode: '4999', ResultDesc: 'The transaction is still under processing' } }, { state: 'pending' }],
  [{ body: { ResultCode: '1' } }, { state: 'failed', reason: 'insufficient-funds', code: '1' }],
  [{ body: { ResultCode: 1032 } }, { state: 'failed', reason: 'cancelled', code: '1032' }],
  [{ body: { ResultCode: '1037' } }, { state: 'failed', reason: 'unreachable', code: '1037' }],
  [{ body: { ResultCode: '2001' } }, { state: 'failed', reason: 'wrong-pin', code: '2001' }],
  [{ body: { ResultCode: 1019 } }, { state: 'failed', reason: 'expired', code: '1019' }],
  [{ body: { ResultCode: '1001' } }, { state: 'failed', reason: 'other', code: '1001' }],
  [{ body: { ResultCode: 'SFC_IC0003' } }, { state: 'failed', reason: 'other', code: 'SFC_IC0003' }],
  [{ body: { ResultCode: '00' } }, { state: 'failed', reason: 'other', code: '00' }]
]
t.test('a query tells how a push ended, or that it has not', async (t) => {
  for (const [reply, outcome] of outcomes) {
    const { daraja, asked } = await startServer(t, TOKEN, reply)
    t.strictSame(await daraja.query(CHECKOUT), outcome)
    t.match(asked[1], { method: 'POST', path: '/mpesa/stkpushquery/v1/query', body: { BusinessShortCode: '174379', Password: String, Timestamp: /^\d{14}$/, CheckoutRequestID: CHECKOUT } })
  }
})

t.test('a query without a result says nothing of the push', async (t) => {
  const replies: Array<[Reaction, string, string]> = [
    [fault(500, '500.001.1001', 'The transaction does not Exist'), REFUSED, '500.001.1001'], [fault(500, '500.003.02', 'Error Occurred: Spike Arrest Violation'), REFUSED, '500.003.02'], [fault(500, '500.001.1001', 'Server Error'), UNANSWERED, '500.001.1001'],
    [{ status: 503, body: '' }, UNANSWERED, 'http_503'], [{ body: {} }, UNANSWERED, 'unreadable'], [{ body: { ResultCode: null } }, UNANSWERED, 'unreadable'], [{ body: { ResultCode: '' } }, UNANSWERED, 'unreadable'], [{ body: { ResultCode: 0.5 } }, UNANSWERED, 'unreadable'], ['silent', UNANSWERED, 'timeout'], ['hang up', UNANSWERED, 'network']
  ]
  for (const [reply, code, reason] of replies) {
    const { daraja } = await startServer(t, TOKEN, reply)
    t.match(await daraja.query(CHECKOUT).catch((err: unknown) => err), { code, reason })
  }
})
