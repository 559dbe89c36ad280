import t, { type Test } from 'tap'
import { Redis } from 'ioredis'
import { paymentsQueue, type PaymentClaim } from '@karani/queues'
import type { RedisServer } from '@karani/local-stack'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { build, metric } from './helper.ts'

const SECRET = '0123456789abcdef0123456789abcdef'
const ENV = { MPESA_CALLBACK_SECRET: SECRET }
const PHONE = 254712345678

interface StkCallback { MerchantRequestID: unknown, CheckoutRequestID: unknown, ResultCode: unknown, ResultDesc: unknown, CallbackMetadata?: unknown }

function paid (changes: Partial<StkCallback> = {}, amount: unknown = 500): object {
  const Item = [{ Name: 'Amount', Value: amount }, { Name: 'MpesaReceiptNumber', Value: 'QKL4CL10OG' }, { Name: 'Balance' }, { Name: 'TransactionDate', Value: 20261121140301 }, { Name: 'PhoneNumber', Value: PHONE }]
  return { Body: { stkCallback: { MerchantRequestID: '29115-34620561-1', CheckoutRequestID: 'ws_CO_191220191020363925', ResultCode: 0, ResultDesc: 'The service request is processed successfully.', CallbackMetadata: { Item }, ...changes } } }
}
const cancelled = { Body: { stkCallback: { MerchantRequestID: '29115-34620561-1', CheckoutRequestID: 'ws_CO_191220191020363925', ResultCode: 1032, ResultDesc: 'Request cancelled by user' } } }

async function post (app: FastifyInstance, body: unknown, secret = SECRET): Promise<LightMyRequestResponse> {
  return await app.inject({ method: 'POST', url: `/mpesa/callback/${secret}`, headers: { 'content-type': 'application/json' }, payload: typeof body === 'string' ? body : JSON.stringify(body) })
}

/** What tools-service would be asked to check. */
function claimsIn (t: Test, { url }: RedisServer): () => Promise<PaymentClaim[]> {
  const redis = new Redis(url, { maxRetriesPerRequest: null })
  const queue = paymentsQueue(redis)
  t.teardown(async () => {
    await queue.close()
    redis.disconnect()
  })
  return async () => (await queue.getWaiting()).map(job => job.data)
}

t.test('a callback is accepted once it waits to be checked, without the number of the payer', async (t) => {
  const { app, redis } = await build(t, ENV)
  const claims = claimsIn(t, redis)
  const res = await post(app, paid())
  t.equal(res.statusCode, 200)
  t.strictSame(res.json(), { ResultCode: 0, ResultDesc: 'Accepted' })
  t.strictSame(await claims(), [{ merchantRequestId: '29115-34620561-1', checkoutRequestId: 'ws_CO_191220191020363925', outcome: { state: 'paid' }, amountKes: 500, receipt: 'QKL4CL10OG', intentId: null }])
  t.equal(await metric(app, 'karani_payment_claims_total{state="paid"}'), 1)
})

t.test('the claim says which request named the URL it came to', async (t) => {
  const { app, redis } = await build(t, ENV)
  for (const intentId of ['payment-0123456789abcdef', 'x'.repeat(65), '%27%20or%201=1']) t.equal((await post(app, paid(), `${SECRET}/${intentId}`)).statusCode, 200)
  t.same((await claimsIn(t, redis)()).map(({ intentId }) => intentId).sort(), [null, 'payment-0123456789abcdef'])
  t.equal((await post(app, paid(), `${SECRET}x/payment-0123456789abcdef`)).statusCode, 404)
})

t.test('duplicates are all accepted, and are one claim', async (t) => {
  const { app, redis } = await build(t, ENV)
  const claims = claimsIn(t, redis)
  const answers = await Promise.all(Array.from({ length: 20 }, async () => await post(app, paid())))
  t.ok(answers.every(res => res.statusCode === 200))
  t.equal((await claims()).length, 1)
})

t.test('a claim that contradicts another does not push it aside', async (t) => {
  const { app, redis } = await build(t, ENV)
  const claims = claimsIn(t, redis)
  for (const body of [paid({}, 5), cancelled, paid()]) t.equal((await post(app, body)).statusCode, 200)
  t.match(await claims(), [{ amountKes: 5 }, { outcome: { state: 'failed', reason: 'cancelled', code: '1032' }, amountKes: null, receipt: null }, { outcome: { state: 'paid' }, amountKes: 500 }])
})

t.test('whoever does not know the secret finds what there is at any path: nothing', async (t) => {
  const { app, redis } = await build(t, ENV)
  const nothing = await app.inject({ method: 'POST', url: '/nothing' })
  for (const secret of ['', SECRET.slice(1), `${SECRET}0`, SECRET.toUpperCase(), SECRET.replace('0', 'O'), 'x'.repeat(100)]) {
    for (const body of [paid(), 'not json', 'x'.repeat(20_000)]) {
      const res = await post(app, body, secret)
      t.equal(res.statusCode, 404, secret)
      t.equal(res.body, nothing.body)
    }
  }
  t.strictSame(await claimsIn(t, redis)(), [])
})

t.test('without a secret in the configuration there is no such path', async (t) => {
  const { app } = await build(t)
  for (const secret of [SECRET, '', 'undefined']) t.equal((await post(app, paid(), secret)).statusCode, 404)
})

t.test('100 forged bodies are refused, and nothing of them is passed on', async (t) => {
  const { app, redis } = await build(t, ENV)
  const odd: unknown[] = [null, true, '', ' ', 'ws CO', "'; drop table", { $gt: '' }, [], ['29115-34620561-1'], 'é', 'x'.repeat(65), '\u0000', '../../etc', 1.5, -1]
  const amounts: unknown[] = [0, -500, 500.5, 0.1, 250_001, 1e300, '500', '500.00', null, true, [500], { value: 500 }, '', 'NaN']
  const item = (Name: unknown, Value: unknown): object => ({ Name, Value })
  const amount = item('Amount', 500)
  const metadata: unknown[] = [
    null, [], {}, 'x', { Item: null }, { Item: {} }, { Item: [] }, { Item: [null] }, { Item: [amount] }, { Item: [item('MpesaReceiptNumber', 'QKL4CL10OG')] }, { Item: [amount, amount, item('MpesaReceiptNumber', 'QKL4CL10OG')] },
    { Item: [amount, item('MpesaReceiptNumber', 'QKL4CL10OG'), item('MpesaReceiptNumber', 'QKL4CL10OH')] }, { Item: Array(21).fill(amount) }, { Item: [item(1, 500)] },
    ...['qkl4cl10og', '', null, 12345678, 'QKL4', 'Q'.repeat(17), 'QKL4 CL10OG', ['QKL4CL10OG']].map(receipt => ({ Item: [amount, item('MpesaReceiptNumber', receipt)] }))
  ]
  const bodies: unknown[] = [
    '', 'null', 'true', '0', '"paid"', '[]', '{}', '{', 'Body=1', '{}{}', '{"Body":', '[[[[', '{"Body":{}}', '{"Body":null}', '{"Body":{"stkCallback":null}}', '{"Body":{"stkCallback":[]}}', '{"__proto__":{"Body":1}}', '\ufeff{}', `${'{"Body":'.repeat(300)}1${'}'.repeat(300)}`,
    JSON.stringify(paid()).replace('"ResultDesc"', '"__proto__"'), JSON.stringify(paid()).replace('"ResultDesc"', '"constructor"'), JSON.stringify([paid()]), { stkCallback: cancelled.Body.stkCallback }, JSON.stringify({ ...paid(), fill: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`f${n}`, n])) }),
    ...odd.map(MerchantRequestID => paid({ MerchantRequestID })),
    ...odd.map(CheckoutRequestID => paid({ CheckoutRequestID })),
    ...[null, true, {}, [], 0.5, '', 'a b', 'x'.repeat(33), '4999', 4999].map(ResultCode => paid({ ResultCode })),
    ...amounts.map(amount => paid({}, amount)),
    ...metadata.map(CallbackMetadata => paid({ CallbackMetadata })),
    paid({ CallbackMetadata: undefined })
  ]
  t.ok(bodies.length >= 100, `${bodies.length} bodies`)
  for (const body of bodies) {
    const res = await post(app, body)
    t.equal(res.statusCode, 400, JSON.stringify(body)?.slice(0, 200))
    t.match(res.json().error.code, /^(MPESA_CALLBACK_MALFORMED|BODY_MALFORMED)$/)
  }
  t.strictSame(await claimsIn(t, redis)(), [])
  t.equal((await post(app, paid({}, 500))).statusCode, 200, 'and the next good one is taken')
})

t.test('a body beyond 4 KiB or of another type is refused', async (t) => {
  const { app } = await build(t, ENV)
  t.equal((await post(app, { ...paid(), fill: 'x'.repeat(4_096) })).statusCode, 413)
  const url = `/mpesa/callback/${SECRET}`
  t.equal((await app.inject({ method: 'POST', url, headers: { 'content-type': 'text/plain' }, payload: JSON.stringify(paid()) })).statusCode, 415)
  t.equal((await app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'Body=1' })).statusCode, 400)
  t.equal((await app.inject({ method: 'GET', url })).statusCode, 404)
})

t.test('what Redis may not have is not accepted, and is taken when it comes again', async (t) => {
  const { app, redis } = await build(t, ENV)
  const claims = claimsIn(t, redis)
  redis.freeze()
  const refused = await Promise.all([post(app, paid()), post(app, cancelled)])
  for (const res of refused) {
    t.equal(res.statusCode, 503)
    t.strictSame(res.json(), { error: { code: 'REDIS_UNAVAILABLE', message: 'Try again later' } })
  }
  t.equal(await metric(app, 'karani_payment_claims_total{state="paid"}'), 0)
  redis.thaw()
  await app.redis.ping()
  t.equal((await post(app, paid())).statusCode, 200)
  t.equal((await claims()).filter(claim => claim.outcome.state === 'paid').length, 1, 'what was refused and arrived late all the same is the same claim')
})

t.test('a frozen Redis does not hold up the end of the service', async (t) => {
  const { app, redis } = await build(t, ENV)
  redis.freeze()
  const askedAt = performance.now()
  await app.close()
  t.ok(performance.now() - askedAt < 5_000)
})

t.test('a callback leaves neither secret, number, receipt nor amount in the log, at any level', async (t) => {
  const { app, redis, log } = await build(t, { ...ENV, LOG_LEVEL: 'trace' })
  const withPhone = { CheckoutRequestID: 'ws_CO_21112026140259123712345678' } // as the newer ones end
  await post(app, paid(withPhone))
  await post(app, paid({ ...withPhone, MerchantRequestID: String(PHONE) + ' ' }))
  await post(app, paid(withPhone), `${SECRET}x`)
  await post(app, paid(withPhone), `${SECRET}%zz`)
  await redis.kill()
  await post(app, paid(withPhone))
  const text = log.join('')
  t.match(text, /29115-34620561-1/, 'the claim can be followed')
  t.match(text, /"route":"\/mpesa\/callback\/:secret\/:intentId\?"/)
  for (const canary of [SECRET, '712345678', 'QKL4CL10OG', '500']) t.notOk(text.replaceAll(/"(?:time|responseTime|pid|statusCode)":[\d.]+/g, '').includes(canary), `no ${canary}`)
})
