import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { darajaModes, ManualClock, SIMULATED_MERCHANT, startDaraja, type DarajaOptions, type SimulatedDaraja } from '../../src/index.ts'

const START = new Date('2026-11-21T11:02:59.123Z')
const PUSH = '/mpesa/stkpush/v1/processrequest'
const QUERY = '/mpesa/stkpushquery/v1/query'

type Json = Record<string, any>

/** A simulated M-Pesa on a clock that stands still, a merchant of its, and who is called back. */
async function start (t: Test, options: DarajaOptions = {}) {
  const clock = new ManualClock(START)
  const daraja = await startDaraja({ clock, ...options })
  t.teardown(() => daraja.close())
  const told: Json[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', chunk => { text += chunk }).on('end', () => {
      told.push(JSON.parse(text).Body.stkCallback)
      response.end('{}')
    })
  })
  t.teardown(() => { server.close(); server.closeAllConnections() })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { clock, daraja, told, merchant: await merchantOf(daraja, callbackUrl) }
}

async function merchantOf ({ url }: SimulatedDaraja, callbackUrl: string) {
  const { consumerKey, consumerSecret, shortcode, passkey } = SIMULATED_MERCHANT
  const basic = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')
  const granted = await (await fetch(`${url}/oauth/v1/generate?grant_type=client_credentials`, { headers: { authorization: `Basic ${basic}` } })).json() as Json
  const Timestamp = '20261121140259'
  const signed = { BusinessShortCode: shortcode, Timestamp, Password: Buffer.from(shortcode + passkey + Timestamp).toString('base64') }
  const post = async (path: string, body: object, token: string = granted.access_token): Promise<{ status: number, body: Json }> => {
    const response = await fetch(url + path, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const text = await response.text()
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : { text } }
  }
  return {
    push: async (changes: Json = {}, token?: string) => await post(PUSH, {
      ...signed, TransactionType: 'CustomerPayBillOnline', Amount: 500, PartyA: '254712345678', PartyB: shortcode, PhoneNumber: '254712345678', CallBackURL: callbackUrl, AccountReference: 'TC-1042', TransactionDesc: 'Loan', ...changes
    }, token),
    query: async (CheckoutRequestID: string) => await post(QUERY, { ...signed, CheckoutRequestID })
  }
}

t.test('a phone asks for the PIN, and the payment is told by callback and by query', async (t) => {
  const { clock, daraja, told, merchant } = await start(t)
  const { status, body } = await merchant.push()
  t.equal(status, 200)
  t.match(body, { ResponseCode: '0', MerchantRequestID: /^[\w-]{33}$/, CheckoutRequestID: /^ws_CO_21112026140259123712345678$/ })
  t.match(daraja.pushes, [{ phone: '+254712345678', amountKes: 500, accountReference: 'TC-1042', result: null }])
  t.match(await merchant.query(body.CheckoutRequestID), { status: 500, body: { errorCode: '500.001.1001', errorMessage: 'The transaction is being processed' } })
  await clock.advance(1_999)
  t.strictSame(told, [])
  await clock.advance(1)
  t.match(told, [{ MerchantRequestID: body.MerchantRequestID, CheckoutRequestID: body.CheckoutRequestID, ResultCode: 0, CallbackMetadata: { Item: [{ Name: 'Amount', Value: 500 }, { Name: 'MpesaReceiptNumber', Value: /^[A-Z0-9]{10}$/ }, { Name: 'Balance' }, { Name: 'TransactionDate', Value: 20261121140301 }, { Name: 'PhoneNumber', Value: 254712345678 }] } }])
  t.match(await merchant.query(body.CheckoutRequestID), { status: 200, body: { ResultCode: '0' } })
  t.match(daraja.deliveries, [{ status: 200 }])
})

const refused: Array<[what: string, changes: Json, status: number, errorCode: string, errorMessage: string]> = [
  ['another shortcode', { BusinessShortCode: '600000' }, 500, '500.001.1001', 'Merchant does not exist'],
  ['a password of another second', { Timestamp: '20261121140300' }, 500, '500.001.1001', 'Wrong credentials'],
  ['a password that is none', { Password: 'x' }, 500, '500.001.1001', 'Wrong credentials'],
  ['a time that is none', { Timestamp: '20261321140259' }, 400, '400.002.02', 'Bad Request - Invalid Timestamp'],
  ['a time with separators', { Timestamp: '2026-11-21T14:02' }, 400, '400.002.02', 'Bad Request - Invalid Timestamp'],
  ['no shillings', { Amount: 0 }, 400, '400.002.02', 'Bad Request - Invalid Amount'],
  ['cents', { Amount: 500.5 }, 400, '400.002.02', 'Bad Request - Invalid Amount'],
  ['cents as a text', { Amount: '500.00' }, 400, '400.002.02', 'Bad Request - Invalid Amount'],
  ['more than M-Pesa moves', { Amount: 250_001 }, 400, '400.002.02', 'Bad Request - Invalid Amount'],
  ['a number with a plus', { PhoneNumber: '+254712345678' }, 400, '400.002.02', 'Bad Request - Invalid PhoneNumber'],
  ['a local number', { PhoneNumber: '0712345678' }, 400, '400.002.02', 'Bad Request - Invalid PhoneNumber'],
  ['a number of another country', { PartyA: '255712345678' }, 400, '400.002.02', 'Bad Request - Invalid PartyA'],
  ['a long reference', { AccountReference: 'x'.repeat(13) }, 400, '400.002.02', 'Bad Request - Invalid AccountReference'],
  ['a long description', { TransactionDesc: 'x'.repeat(14) }, 400, '400.002.02', 'Bad Request - Invalid TransactionDesc'],
  ['a callback in plaintext', { CallBackURL: 'http://karani.example/' }, 400, '400.002.02', 'Bad Request - Invalid CallBackURL'],
  ['a callback to nowhere', { CallBackURL: 'https://' }, 400, '400.002.02', 'Bad Request - Invalid CallBackURL']
]
for (const [what, changes, status, errorCode, errorMessage] of refused) {
  t.test(`a push with ${what} is refused, and no phone asks`, async (t) => {
    const { daraja, merchant } = await start(t)
    t.match(await merchant.push(changes), { status, body: { requestId: String, errorCode, errorMessage } })
    t.strictSame(daraja.pushes, [])
  })
}

t.test('one phone asks one thing at a time', async (t) => {
  const { clock, daraja, merchant } = await start(t)
  await merchant.push()
  t.match(await merchant.push(), { status: 500, body: { errorCode: '500.001.1001', errorMessage: /^Unable to lock subscriber/ } })
  t.match(await merchant.push({ PhoneNumber: '254712345679' }), { status: 200 })
  await clock.advance(2_000)
  t.match(await merchant.push(), { status: 200 })
  t.equal(daraja.pushes.length, 3)
})

t.test('a token is good for an hour, unless it is revoked', async (t) => {
  const { clock, daraja, merchant } = await start(t)
  t.match(await merchant.push({}, 'made-up'), { status: 404, body: { errorCode: '404.001.03', errorMessage: 'Invalid Access Token' } })
  await clock.advance(3_598_000)
  t.match(await merchant.push(), { status: 200 })
  await clock.advance(1_000)
  t.match(await merchant.push(), { status: 404 })
  const { merchant: other, daraja: second } = await start(t)
  second.revokeTokens()
  t.match(await other.push(), { status: 404 })
  t.equal(daraja.pushes.length, 1)
})

const ends: Array<[mode: keyof typeof darajaModes, code: number, told: number]> = [
  ['insufficient-funds', 1, 1], ['wrong-pin', 2001, 1], ['cancelled', 1032, 1], ['unreachable', 1037, 1], ['never-answers', 1037, 1], ['expired', 1019, 1], ['late', 0, 1], ['missing', 0, 0], ['duplicated', 0, 3], ['accepted-then-500', 0, 1]
]
for (const [mode, code, times] of ends) {
  t.test(`${mode}: the query comes to ${code}, and the callback comes ${times} times`, async (t) => {
    const { clock, daraja, told, merchant } = await start(t, { behaviour: darajaModes[mode] })
    await merchant.push()
    await clock.advance(120_000)
    t.equal(told.length, times)
    t.ok(told.every(callback => callback.ResultCode === code && (code === 0) === ('CallbackMetadata' in callback)))
    t.match((await merchant.query(daraja.pushes[0]!.checkoutRequestId)).body, { ResultCode: String(code) })
  })
}

t.test('forged callbacks say that was paid what was not', async (t) => {
  const { clock, daraja, told, merchant } = await start(t, { behaviour: darajaModes.forged })
  const { body } = await merchant.push()
  await clock.advance(1_000)
  t.strictSame(told.map(({ ResultCode }) => ResultCode), [0, 0, 0])
  t.equal(told.filter(callback => callback.CheckoutRequestID === body.CheckoutRequestID && callback.MerchantRequestID === body.MerchantRequestID).length, 1)
  await clock.advance(59_000)
  t.match(told[3], { ResultCode: 1037 })
  t.notOk(daraja.pushes[0]!.isPaid)
})

t.test('callbacks overtake the answer to the push, which waits for them', async (t) => {
  const { clock, told, merchant, daraja } = await start(t, { behaviour: darajaModes['before-the-answer'] })
  const pushed = merchant.push()
  while (daraja.pushes.length === 0) await new Promise(resolve => setImmediate(resolve))
  await clock.advance(0)
  t.equal(told.length, 1)
  t.match(await pushed, { body: { CheckoutRequestID: told[0]!.CheckoutRequestID } })
})

t.test('what is said for the next push is good for that push alone', async (t) => {
  const { clock, told, merchant, daraja } = await start(t)
  daraja.next(darajaModes['wrong-pin'])
  daraja.next({ callbacks: [{ amountKes: 1 }] })
  for (let times = 1; times <= 3; times++) {
    await merchant.push()
    await clock.advance(2_000)
  }
  t.match(told.map(({ ResultCode, CallbackMetadata }) => [ResultCode, CallbackMetadata?.Item[0].Value]), [[2001, undefined], [0, 1], [0, 500]])
})

t.test('its end gives up what is still due, and connections that nobody answers', async (t) => {
  const { daraja, told, merchant } = await start(t, { behaviour: { pushReply: 'never' } })
  const pushed = merchant.push()
  while (daraja.pushes.length === 0) await new Promise(resolve => setImmediate(resolve))
  await daraja.close()
  await t.rejects(pushed)
  await daraja.pushes[0]!.settled
  t.strictSame(told, [])
})
