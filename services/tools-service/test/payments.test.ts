import { Redis } from 'ioredis'
import t from 'tap'
import { darajaModes } from '@karani/simulator'
import { answersOf, build, NOON } from './helper.ts'
import { payingHouse } from './paying-house.ts'

const house = await payingHouse(t)
const { app, db, daraja, claims, clock, tool, replica, pass, pay, sent } = house
const payments = app.payments!

let calls = 0
/** A new call of Amina, who has proved who she is; two minutes after the last. */
async function newCall (): Promise<string> {
  await pass(121_000)
  claims.length = 0
  daraja.behave()
  await db.query("truncate business.verification_attempts; update business.accounts set balance_minor = 200000, next_payment_minor = 50000 where account_id = 'LN-1001'")
  await db.query("update business.payment_intents set state = 'failed', failure = 'not-sent', settled_at = now(), next_check_at = null, untold_since = null where state not in ('paid', 'failed')")
  const callId = `HD_pay_${calls++}`
  await tool('verifyIdentity', answersOf.amina, { callId })
  return callId
}
const intentOf = async (callId: string) => (await db.query('select *, amount_minor::int as amount from business.payment_intents where call_id = $1', [callId])).rows[0]
const balance = async (): Promise<number> => (await db.query("select balance_minor::int as balance from business.accounts where account_id = 'LN-1001'")).rows[0].balance
const asked = (since: number) => daraja.pushes.slice(since).map(({ phone, amountKes, accountReference }) => ({ phone, amountKes, accountReference }))
const told = async (callId: string): Promise<string[]> => {
  const redis = new Redis(house.redisUrl)
  const news = (await redis.xrange('calls:news', '-', '+')).map(([, [, text]]) => JSON.parse(text!))
  redis.disconnect()
  return news.filter(item => item.callId === callId).map(item => item.text)
}

t.test('a yes to what was read back asks the phone of the record, once, for that amount', async (t) => {
  const callId = await newCall()
  const before = daraja.pushes.length
  const { body: { output: proposal } } = await tool('startMpesaIntent', { amount: 500 }, { callId, callerTurn: 1 })
  t.match(proposal, { proposalId: /^proposal-/, readBack: 'I will send a request for 500 shillings to the phone on your record, ending in 6 7 8. Shall I?', amountKes: 500 })
  t.notMatch(JSON.stringify(proposal), /712345/)
  const early = await tool('startMpesaIntent', { amount: 500, confirm: proposal!.proposalId }, { callId, callerTurn: 1 })
  t.equal(early.body.error?.code, 'PROPOSAL_NOT_ANSWERED')
  const replies = await Promise.all(Array.from({ length: 20 }, async (_, n) => await (n % 2 === 0 ? tool : replica.tool)('startMpesaIntent', { amount: 1_999, confirm: proposal!.proposalId }, { callId, callerTurn: 2 })))
  for (const { body } of replies) t.match(body.output, { requested: true, amountKes: 500, message: /not paid yet/ })
  await sent()
  t.strictSame(asked(before), [{ phone: '+254712345678', amountKes: 500, accountReference: 'LN-1001' }])
  t.match(await intentOf(callId), { state: 'pushed', amount: 50_000 })
  t.equal(await balance(), 200_000, 'nothing is paid')
  t.match((await tool('getAccount', {}, { callId })).body.output, { balanceKes: 2000, paymentsInThisCall: [{ amountKes: 500, state: 'not confirmed yet' }] })
})

t.test('a callback is a hint, the query is the proof, and the balance moves once', async (t) => {
  const callId = await newCall()
  daraja.next(darajaModes.duplicated)
  await pay(500, callId)
  await pass(3_000)
  t.equal(claims.length, 3)
  await Promise.all(claims.flatMap(({ callback, intentId }) => [payments, replica.app.payments!].map(async p => await p.claimed(callback, intentId))))
  const { receipt } = daraja.pushes.at(-1)!
  t.match(await intentOf(callId), { state: 'paid', receipt, next_check_at: null })
  t.equal(await balance(), 150_000)
  t.strictSame(await told(callId), [`Payment of KES 500 received, receipt ${receipt}. Tell the caller.`])
  t.match((await tool('getAccount', {}, { callId })).body.output, { balanceKes: 1500, nextPaymentKes: 0, paymentsInThisCall: [{ amountKes: 500, state: 'received', receipt }] })
})

t.test('forged callbacks, a wrong amount, and prompts that nobody asked for change nothing', async (t) => {
  const callId = await newCall()
  daraja.next({ person: 'never answers', personMs: 60_000, callbacks: [] })
  await pay(500, callId)
  const { checkout_request_id: checkoutRequestId, intent_id: intentId } = await intentOf(callId)
  const truth = { merchantRequestId: '1-1-1', checkoutRequestId, outcome: { state: 'paid' as const }, amountKes: 500, receipt: 'QKFORGED01' }
  await t.rejects(payments.claimed(truth, intentId), { code: 'PAYMENT_PENDING' }, 'it is looked at again later')
  await payments.claimed({ ...truth, amountKes: 5 }, intentId)
  for (let n = 0; n < 100; n++) await payments.claimed({ ...truth, checkoutRequestId: `ws_CO_${n}` }, n % 2 === 0 ? null : n % 3 === 0 ? intentId : `payment-${n}`)
  t.match(await intentOf(callId), { state: 'pushed', receipt: null })
  await pass(61_000)
  await payments.claimed(truth, intentId)
  t.match(await intentOf(callId), { state: 'failed', failure: 'unreachable', receipt: null })
  t.equal(await balance(), 200_000)
  const { metrics } = app
  t.match(await metrics.metrics(), /karani_payments_total\{event="claim-unknown"\} 100/)
  t.match(await metrics.metrics(), /karani_payments_total\{event="claim-amount-wrong"\} 1/)
})

t.test('a failure is told in words', async (t) => {
  for (const [mode, words] of [['wrong-pin', 'the PIN was wrong'], ['insufficient-funds', 'there is not enough money in the M-Pesa account'], ['cancelled', 'it was cancelled on the phone']] as const) {
    const callId = await newCall()
    daraja.next(darajaModes[mode])
    await pay(500, callId)
    await pass(3_000)
    for (const { callback, intentId } of claims) await payments.claimed(callback, intentId)
    t.strictSame(await told(callId), [`The payment of KES 500 did not go through, because ${words}. Nothing was paid. Tell the caller, and ask how they want to go on.`])
    t.match((await tool('getAccount', {}, { callId })).body.output, { paymentsInThisCall: [{ amountKes: 500, state: 'failed', why: words }] })
  }
})

t.test('a missing callback is made up for by queries after 30, 60 and 120 s, then a person looks after it', async (t) => {
  const callId = await newCall()
  daraja.next({ callbacks: [], person: 'right PIN', personMs: 600_000 })
  await pay(500, callId)
  const queries = (): number => daraja.requests.filter(({ url }) => url.includes('stkpushquery')).length
  const before = queries()
  const at: number[] = []
  for (let s = 1; s <= 125; s++) {
    await pass(1_000)
    const already = queries()
    await Promise.all([payments.check(), replica.app.payments!.check()])
    for (let n = already; n < queries(); n++) at.push(s)
  }
  t.equal(at.length, queries() - before)
  t.same(at, [30, 60, 120])
  t.match(await intentOf(callId), { state: 'unknown', next_check_at: null })
  t.match((await db.query('select * from business.callbacks where call_id = $1', [callId])).rows, [{ phone: '+254712345678', reason: /M-Pesa does not say whether it was paid/ }])
  t.match(await told(callId), [/not confirmed yet, and a person/])
  await tool('verifyIdentity', answersOf.amina, { callId })
  t.equal((await tool('startMpesaIntent', { amount: 1_501 }, { callId })).body.error?.code, 'PAYMENT_OPEN', 'what may still arrive is not asked for twice')
  await pass(600_000)
  const { checkout_request_id: checkoutRequestId, intent_id: intentId } = await intentOf(callId)
  await payments.claimed({ merchantRequestId: '1', checkoutRequestId, outcome: { state: 'paid' }, amountKes: 500, receipt: 'QKLATE0001' }, intentId)
  t.match(await intentOf(callId), { state: 'paid', receipt: 'QKLATE0001' })
  t.equal(await balance(), 150_000)
})

t.test('a request whose answer is lost is never sent again, and its callback settles it', async (t) => {
  for (const mode of ['accepted-then-cut', 'accepted-then-500', 'before-the-answer'] as const) {
    const callId = await newCall()
    const before = daraja.pushes.length
    daraja.next(darajaModes[mode])
    const { body } = await pay(500, callId)
    await tool('startMpesaIntent', { amount: 500, confirm: (await db.query('select proposal_id from business.payment_intents where call_id = $1', [callId])).rows[0].proposal_id }, { callId, callerTurn: 3 })
    await sent()
    t.ok(body.output?.requested)
    if (mode !== 'before-the-answer') t.match(await intentOf(callId), { state: 'unknown', checkout_request_id: null })
    await pass(10_000)
    await payments.check()
    for (const { callback, intentId } of claims) await payments.claimed(callback, intentId)
    t.equal(daraja.pushes.length - before, 1, mode)
    t.match(await intentOf(callId), { state: 'paid', receipt: daraja.pushes.at(-1)!.receipt })
    t.equal(await balance(), 150_000)
  }
})

t.test('a request that Daraja did not take is over at once, and may be made again', async (t) => {
  const callId = await newCall()
  daraja.behave(darajaModes['too-many'])
  await pay(500, callId)
  t.match(await intentOf(callId), { state: 'failed', failure: 'refused' })
  t.match(await told(callId), [/M-Pesa did not take the request/])
  daraja.behave()
  t.ok((await pay(500, callId)).body.output?.requested)
})

t.test('the phone is asked for no more than is owed, than one request may, twice in a call and once in two minutes', async (t) => {
  const callId = await newCall()
  const refusal = async (amount: number): Promise<unknown> => (await tool('startMpesaIntent', { amount }, { callId })).body.error
  t.match(await refusal(2_001), { code: 'AMOUNT_TOO_HIGH', message: /2000 shillings/ })
  await db.query("update business.accounts set balance_minor = 100000000 where account_id = 'LN-1001'")
  t.match(await refusal(250_001), { code: 'PAYMENT_TOO_LARGE', message: /250000 shillings/ })
  for (const amount of [0, -1, 0.5, NaN, 1e21, 'elfu tano']) t.equal((await tool('startMpesaIntent', { amount }, { callId })).status, 400)
  await pay(500, callId)
  t.match(await refusal(500), { code: 'PROMPT_TOO_SOON', message: /in 120 seconds/ })
  await pass(119_000)
  t.match(await refusal(500), { code: 'PROMPT_TOO_SOON', message: /in 1 seconds/ })
  await pass(1_000)
  await pay(500, callId)
  await pass(121_000)
  t.match(await refusal(500), { code: 'PROMPT_LIMIT' })
})

t.test('two calls that confirm for one account at once ask once', async (t) => {
  const [one, other] = [await newCall(), await newCall()]
  await tool('verifyIdentity', answersOf.amina, { callId: one })
  const before = daraja.pushes.length
  const proposals = await Promise.all([one, other].map(async callId => (await tool('startMpesaIntent', { amount: 2_000 }, { callId, callerTurn: 1 })).body.output!.proposalId))
  const replies = await Promise.all([one, other].map(async (callId, n) => await (n === 0 ? tool : replica.tool)('startMpesaIntent', { amount: 2_000, confirm: proposals[n] }, { callId, callerTurn: 2 })))
  await sent()
  t.same(replies.map(({ body }) => body.error?.code ?? 'requested').sort(), ['PROMPT_TOO_SOON', 'requested'])
  t.equal(daraja.pushes.length - before, 1)
})

t.test('who is not verified asks nobody for money', async (t) => {
  await pass(121_000)
  t.equal((await tool('startMpesaIntent', { amount: 500 }, { callId: 'HD_stranger' })).body.error?.code, 'VERIFICATION_REQUIRED')
  const callId = await newCall()
  const { body: { output } } = await tool('startMpesaIntent', { amount: 500 }, { callId, callerTurn: 1 })
  await tool('verifyIdentity', answersOf.brian, { callId })
  t.equal((await tool('startMpesaIntent', { amount: 500, confirm: output!.proposalId }, { callId, callerTurn: 2 })).body.error?.code, 'PROPOSAL_UNKNOWN', 'another account is another yes')
})

t.test('news that could not be told are told later', async (t) => {
  const callId = await newCall()
  await pay(500, callId)
  await pass(3_000)
  const redis = new Redis(house.redisUrl)
  t.teardown(() => redis.disconnect())
  await redis.rename('calls:news', 'elsewhere')
  await redis.set('calls:news', 'no stream')
  for (const { callback, intentId } of claims) await payments.claimed(callback, intentId)
  t.match(await intentOf(callId), { state: 'paid', untold_since: clock.now })
  await redis.rename('elsewhere', 'calls:news')
  await pass(6_000)
  await payments.check()
  await payments.check()
  t.equal((await told(callId)).length, 1)
})

t.test('without access to M-Pesa the clerk can say so', async (t) => {
  const { tool } = await build(t)
  t.match((await tool('startMpesaIntent', { amount: 500 })).body.error, { code: 'MPESA_UNAVAILABLE', message: 'Payments by M-Pesa are not available on this line.' })
})

t.test('a late process neither asks the phone for what is long ago nor leaves it open', async (t) => {
  const callId = await newCall()
  const { body: { output } } = await tool('startMpesaIntent', { amount: 500 }, { callId })
  const left = async (intentId: string): Promise<void> => {
    await db.query("insert into business.payment_intents (intent_id, proposal_id, call_id, account_id, amount_minor, currency, state, created_at, next_check_at) values ($1, $2, $3, 'LN-1001', 50000, 'KES', 'created', $4, $5)",
      [intentId, output!.proposalId, callId, clock.now, new Date(clock.now.getTime() + 5_000)])
  }
  const before = daraja.pushes.length
  await left('payment-left')
  await pass(31_000)
  await Promise.all([payments.check(), replica.app.payments!.check()])
  t.equal(daraja.pushes.length, before)
  t.match(await intentOf(callId), { state: 'failed', failure: 'not-sent' })
  t.ok(NOON < clock.now)
})
