import t from 'tap'
import { AMINA, answersOf, build } from './helper.ts'

const house = await build(t)
const { tool, db } = house

t.test('a verified borrower hears their account, in whole shillings and with a date to say', async (t) => {
  t.strictSame((await tool('verifyIdentity', answersOf.amina)).body.output, { verified: true, triesLeft: 2 })
  t.strictSame((await tool('getAccount')).body.output, {
    found: true,
    accountId: 'LN-1001',
    name: 'Amina Wanjiru',
    balanceKes: 2000,
    nextPaymentKes: 500,
    dueDate: '2026-11-28',
    dueDateSpoken: 'Saturday 28 November, in 7 days',
    status: 'current'
  })
})

t.test('a promise is proposed, read back and, after the caller has answered, recorded', async (t) => {
  const call = { callId: 'HD_promise' }
  await tool('verifyIdentity', answersOf.amina, call)
  const { body: { output: proposal } } = await tool('recordPromiseToPay', { amount: 500, payBy: 'Friday' }, { ...call, callerTurn: 3 })
  t.match(proposal, { proposalId: /^proposal-/, readBack: 'You promise to pay 500 shillings by Friday 27 November. Is that right?', amountKes: 500, payBy: '2026-11-27' })
  const args = { amount: 500, payBy: 'Friday', confirm: proposal?.proposalId }
  t.match((await tool('recordPromiseToPay', args, { ...call, callerTurn: 3 })).body.error, { code: 'PROPOSAL_NOT_ANSWERED' })
  const { body: { output: promise } } = await tool('recordPromiseToPay', args, { ...call, callerTurn: 4 })
  t.match(promise, { recorded: true, promiseId: /^promise-/, amountKes: 500, payBy: '2026-11-27', payBySpoken: 'Friday 27 November' })
  t.strictSame((await tool('recordPromiseToPay', args, { ...call, callerTurn: 5 })).body.output, promise)
  const { rows } = await db.query("select account_id, amount_minor::int, currency, pay_by::text from business.promises where call_id = 'HD_promise'")
  t.strictSame(rows, [{ account_id: 'LN-1001', amount_minor: 50000, currency: 'KES', pay_by: '2026-11-27' }])
})

t.test('a confirmation of another amount or day than was read back is refused, and the proposal stays', async (t) => {
  const call = { callId: 'HD_other_words' }
  await tool('verifyIdentity', answersOf.amina, call)
  const { body: { output: proposal } } = await tool('recordPromiseToPay', { amount: 500, payBy: 'kesho' }, { ...call, callerTurn: 1 })
  const confirm = (args: object) => tool('recordPromiseToPay', { ...args, confirm: proposal?.proposalId }, { ...call, callerTurn: 2 })
  for (const args of [{ amount: 1, payBy: 'kesho' }, { amount: 500, payBy: 'Ijumaa' }, { amount: 500, payBy: 'soon' }]) {
    t.equal((await confirm(args)).body.error?.code, 'PROPOSAL_DIFFERS')
  }
  t.match((await confirm({ amount: 500, payBy: 'Sunday' })).body.output, { amountKes: 500, payBy: '2026-11-22' })
  t.equal((await db.query("select from business.promises where call_id = 'HD_other_words'")).rowCount, 1)
})

const terms: ReadonlyArray<readonly [title: string, args: object, code: string]> = [
  ['more than what is owed', { amount: 2_001, payBy: 'Friday' }, 'AMOUNT_TOO_HIGH'],
  ['a day that is no day', { amount: 500, payBy: 'soon' }, 'DAY_NOT_UNDERSTOOD'],
  ['yesterday', { amount: 500, payBy: '2026-11-20' }, 'DAY_OUT_OF_RANGE'],
  ['61 days ahead', { amount: 500, payBy: '2027-01-21' }, 'DAY_OUT_OF_RANGE'],
  ['a proposal that was never made', { amount: 500, payBy: 'Friday', confirm: 'proposal-0' }, 'PROPOSAL_UNKNOWN']
]
for (const [title, args, code] of terms) {
  t.test(`a promise is refused: ${title}`, async (t) => {
    const { status, body } = await tool('recordPromiseToPay', args)
    t.equal(status, 200)
    t.match(body, { id: /^function-call-/, error: { code, message: /\w/ } })
  })
}

t.test('the whole balance, today or 60 days ahead, may be promised', async (t) => {
  for (const payBy of ['leo', '2027-01-20']) t.match((await tool('recordPromiseToPay', { amount: 2_000, payBy })).body.output, { proposalId: /./ })
})

t.test('a parcel is found by its id in any spoken form, and tells status and arrival alone', async (t) => {
  for (const trackingId of ['TRK-427', 'trk427', 'T R K four two seven']) {
    t.strictSame((await tool('trackShipment', { trackingId }, { agent: 'courier', caller: null })).body.output, {
      found: true, status: 'out for delivery', etaMinutes: 40, deliveryDate: '2026-11-21', etaSpoken: 'in about 40 minutes'
    })
  }
  t.strictSame((await tool('trackShipment', { trackingId: 'TRK-428' }, { agent: 'courier', caller: null })).body.output, {
    found: true, status: 'at depot', deliveryDate: '2026-11-22', etaSpoken: 'tomorrow, Sunday 22 November'
  })
})

t.test('without an id it is the latest parcel to the number that rings', async (t) => {
  t.match((await tool('trackShipment', {}, { agent: 'courier' })).body.output, { found: true, etaMinutes: 40 })
  for (const caller of ['+254700000099', null]) t.strictSame((await tool('trackShipment', {}, { agent: 'courier', caller })).body.output, { found: false })
  t.strictSame((await tool('trackShipment', { trackingId: 'TRK-999' }, { agent: 'courier' })).body.output, { found: false })
})

t.test('the menu has prices, what can be changed, and what is sold out', async (t) => {
  const { body: { output } } = await tool('getMenu', {}, { agent: 'restaurant' })
  t.equal(output?.items.length, 5)
  t.strictSame(output?.items[0], {
    name: 'chicken burger',
    priceKes: 450,
    available: true,
    modifiers: [{ name: 'no onions', priceKes: 0 }, { name: 'no mayo', priceKes: 0 }, { name: 'extra cheese', priceKes: 50 }, { name: 'spicy', priceKes: 0 }]
  })
  t.match(output?.items[4], { name: 'chicken wings', available: false })
})

t.test('an order that nobody has begun costs nothing', async (t) => {
  t.strictSame((await tool('getTotal', {}, { agent: 'restaurant' })).body.output, { items: [], totalKes: 0 })
})

const questions = [
  ['What time do you open on Saturday?', 'Opening hours'],
  ['When do you close?', 'Opening hours'],
  ['Where is your office located?', 'Where we are'],
  ['How can I pay my loan with M-Pesa?', 'How to pay'],
  ['What is your paybill number?', 'How to pay'],
  ['How do I apply for a loan?', 'How to apply for a loan'],
  ['What interest rate do you charge?', 'Interest and fees'],
  ['Can I get a statement?', 'How to get a statement'],
  ['What is my balance?', 'Balance and other account questions'],
  ['I want to complain about your service.', 'How to complain'],
  ['Could you please tell me where you are located?', 'Where we are'],
  ['Could you help me, please?', undefined],
  ['Is this call recorded?', 'How we treat personal data'],
  ['How tall is Mount Kilimanjaro?', undefined],
  ['Who will win the election?', undefined],
  ['the', undefined],
  ["'; drop table business.accounts; --", undefined],
  ['\'a\' & !b:* | <-> \\', undefined]
] as const
for (const [question, title] of questions) {
  t.test(`'${question}' is answered from ${title === undefined ? 'nothing' : `'${title}'`}`, async (t) => {
    const { body: { output } } = await tool('answerQuestion', { question }, { agent: 'support' })
    if (title === undefined) t.match(output, { found: false, message: /do not know/ })
    else t.match(output, { found: true, title, answer: /\w/ })
  })
}

t.test('a caller who asks for a person is to be called back, once', async (t) => {
  const call = { callId: 'HD_person', agent: 'courier' } as const
  t.match((await tool('escalate', { reason: 'wants a person' }, call)).body.output, { stored: true, callBack: true, message: /call you back/ })
  await tool('escalate', { reason: 'is upset', summary: 'the parcel\u0000 is late' }, call)
  const { rows } = await db.query("select agent, phone, reason, summary, done_at from business.callbacks where call_id = 'HD_person'")
  t.strictSame(rows, [{ agent: 'courier', phone: AMINA, reason: 'is upset', summary: 'the parcel is late', done_at: null }])
})

t.test('a caller with a withheld number hears that nobody can call back', async (t) => {
  const { body: { output } } = await tool('escalate', { reason: 'wants a person' }, { callId: 'HD_hidden', caller: null })
  t.match(output, { stored: true, callBack: false, message: /hidden/ })
})

t.test('a write repeated under the same id is done once and answered alike, a refusal too', async (t) => {
  const call = { callId: 'HD_repeat', agent: 'lender' } as const
  const answers = await Promise.all([1, 2, 3].map(() => tool('verifyIdentity', answersOf.nobody, { ...call, id: 'same' })))
  for (const { body } of answers) t.strictSame(body, { id: 'same', output: { verified: false, triesLeft: 2 } })
  const early = await tool('recordPromiseToPay', { amount: 1, payBy: 'leo' }, { ...call, id: 'early' })
  await tool('verifyIdentity', answersOf.amina, call)
  t.strictSame((await tool('recordPromiseToPay', { amount: 1, payBy: 'leo' }, { ...call, id: 'early' })).body, early.body)
})
