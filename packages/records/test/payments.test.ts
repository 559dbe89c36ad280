import t from 'tap'
import { migrate, Records, seed, type PaymentIntent } from '../src/index.ts'
import { emptyDatabase } from './database.ts'

const NOON = new Date('2026-11-21T09:00:00Z')
const later = (s: number): Date => new Date(NOON.getTime() + s * 1_000)

const { url, client } = await emptyDatabase(t)
await migrate(url)
await seed(url, NOON)
const records = new Records({ url })
t.teardown(() => records.close())

let proposals = 0
/** A row before its request. */
async function create (amountMinor = 50_000, { callId = 'HD_1', accountId = 'LN-1001' } = {}): Promise<string> {
  const proposalId = `p${proposals++}`
  await client.query("insert into business.proposals (proposal_id, call_id, tool, subject, terms, caller_turn, proposed_at, expires_at) values ($1, $2, 'x', 'x', '{}', 1, now(), now())", [proposalId, callId])
  return await records.write(async ({ paymentIntents }) => await paymentIntents.create({ proposalId, callId, accountId, amountMinor, currency: 'KES', at: NOON, nextCheckAt: later(5) }))
}
const intent = async (intentId: string): Promise<PaymentIntent> => (await records.write(async ({ paymentIntents }) => await paymentIntents.lock(intentId)))!
/** As a confirmed payment is settled. */
const pay = async (intentId: string): Promise<boolean> => await records.write(async ({ paymentIntents, ledger }) => {
  const locked = (await paymentIntents.lock(intentId))!
  const settled = await paymentIntents.settle(intentId, { state: 'paid', checkoutRequestId: locked.checkoutRequestId ?? `ws_CO_${intentId}` }, NOON)
  if (settled) await ledger.book(locked, NOON)
  return settled
})
const account = async (accountId: string) => (await client.query('select balance_minor::int as balance, next_payment_minor::int as next, status from business.accounts where account_id = $1', [accountId])).rows[0]
const entries = async (intentId: string) => (await client.query(
  'select ledger, amount_minor::int as amount from business.ledger_entries join business.ledger_transactions using (transaction_id) where intent_id = $1 order by entry_id', [intentId])).rows

t.test('of many who want to ask the phone, one gets its number', async (t) => {
  const intentId = await create()
  const taken = await Promise.all(Array.from({ length: 20 }, () => records.write(async ({ paymentIntents }) => await paymentIntents.take(intentId, later(1), later(31)))))
  t.match(taken.filter(taker => taker !== undefined), [{ intentId, state: 'pushing', phone: '+254712345678', amountMinor: 50_000 }])
  t.equal(await records.write(async ({ paymentIntents }) => await paymentIntents.take(intentId, later(60), later(90))), undefined, 'nobody ever after')
})

t.test('a payment is booked once, however often and from wherever it is confirmed', async (t) => {
  const intentId = await create()
  const settled = await Promise.all(Array.from({ length: 20 }, () => pay(intentId)))
  t.equal(settled.filter(Boolean).length, 1)
  t.strictSame(await account('LN-1001'), { balance: 150_000, next: 0, status: 'current' })
  t.strictSame(await entries(intentId), [{ ledger: 'mpesa', amount: 50_000 }, { ledger: 'loan', amount: -50_000 }])
})

t.test('what is beyond the balance is owed to the borrower', async (t) => {
  const intentId = await create(100_000, { accountId: 'LN-1003' })
  await pay(intentId)
  t.strictSame(await account('LN-1003'), { balance: 0, next: 0, status: 'paid off' })
  t.strictSame(await entries(intentId), [{ ledger: 'mpesa', amount: 100_000 }, { ledger: 'loan', amount: -80_000 }, { ledger: 'overpaid', amount: -20_000 }])
  const again = await create(10_000, { accountId: 'LN-1003' })
  await pay(again)
  t.strictSame(await entries(again), [{ ledger: 'mpesa', amount: 10_000 }, { ledger: 'overpaid', amount: -10_000 }])
})

t.test('who has paid what was due is not overdue, and who owes nothing has paid off', async (t) => {
  const accountId = 'LN-1002'
  for (const [amountMinor, balance, next, status] of [[300_000, 950_000, 10_000, 'overdue'], [10_000, 940_000, 0, 'current'], [940_000, 0, 0, 'paid off']] as const) {
    await pay(await create(amountMinor, { accountId }))
    t.strictSame(await account(accountId), { balance, next, status })
  }
})

t.test('the database itself keeps final states, sums of zero, and one booking a payment', async (t) => {
  const intentId = await create()
  await pay(intentId)
  for (const [title, statement] of [
    ['a paid payment', `update business.payment_intents set state = 'failed', failure = 'other' where intent_id = '${intentId}'`],
    ['an amount', `update business.payment_intents set amount_minor = 100 where intent_id = '${intentId}'`],
    ['an entry', 'update business.ledger_entries set amount_minor = 1'],
    ['a booking', 'delete from business.ledger_transactions'],
    ['a second booking', `insert into business.ledger_transactions (intent_id, booked_at) values ('${intentId}', now())`],
    ['an entry that leans to one side', "insert into business.ledger_entries (transaction_id, ledger, account_id, amount_minor, currency) values (1, 'overpaid', 'LN-1001', 5, 'KES')"]
  ] as const) await t.rejects(client.query(statement), title)
  const empty = await create()
  await t.rejects(client.query(`insert into business.ledger_transactions (intent_id, booked_at) values ('${empty}', now())`), 'a booking without entries')
  await t.rejects(client.query('update business.payment_intents set receipt = $1 where intent_id = $2', ['QK1', empty]), 'a receipt of what is not paid')
})

t.test('what is due is taken once, and comes back when its taker is silent', async (t) => {
  await client.query('update business.payment_intents set next_check_at = null')
  const ids = await Promise.all(Array.from({ length: 10 }, () => create()))
  const take = async (at: Date): Promise<string[]> => (await records.write(async ({ paymentIntents }) => await paymentIntents.takeDue(at, new Date(at.getTime() + 15_000), 3))).map(({ intentId }) => intentId)
  t.strictSame(await take(later(4)), [])
  const taken: string[] = []
  for (let left = 10; left > 0; left -= 3) taken.push(...await take(later(5)))
  t.strictSame(taken.sort(), [...ids].sort())
  t.strictSame(await take(later(19)), [])
  t.equal((await take(later(20))).length, 3)
})

t.test('of two who looked in vain at the same time, one counts, and the last look hands over to a person', async (t) => {
  const intentId = await create()
  await records.write(async ({ paymentIntents }) => { await paymentIntents.take(intentId, later(1), later(31)); await paymentIntents.pushed(intentId, 'ws_CO_looked') })
  const before = await intent(intentId)
  const look = async (seen: PaymentIntent, next: Date | null): Promise<boolean> => await records.write(async ({ paymentIntents }) => await paymentIntents.checked(seen, next, later(31)))
  t.strictSame((await Promise.all([look(before, later(61)), look(before, later(61))])).sort(), [false, true])
  t.match(await intent(intentId), { checks: 1, state: 'pushed', nextCheckAt: later(61) })
  t.equal(await look(await intent(intentId), null), true)
  t.match(await intent(intentId), { checks: 2, state: 'unknown', nextCheckAt: null, untoldSince: later(31) })
  t.equal(await pay(intentId), true, 'it may still be paid')
  t.equal(await look(await intent(intentId), null), false)
})

t.test('the first receipt stays, and is of one payment', async (t) => {
  const [one, other] = [await create(), await create()]
  const keep = async (intentId: string, receipt: string): Promise<void> => await records.write(async ({ paymentIntents }) => await paymentIntents.keepReceipt(intentId, receipt))
  await keep(one, 'QKEARLY000')
  t.equal((await intent(one)).receipt, null, 'what is not paid has none')
  await pay(one)
  await pay(other)
  await keep(one, 'QKA0000001')
  await keep(one, 'QKA0000002')
  t.equal((await intent(one)).receipt, 'QKA0000001')
  await t.rejects(keep(other, 'QKA0000001'))
})

t.test('the history counts what a phone may have shown', async (t) => {
  const of = { callId: 'HD_history', accountId: 'LN-1005' }
  const history = async () => await records.write(async ({ paymentIntents }) => await paymentIntents.history('LN-1005', 'HD_history'))
  t.strictSame(await history(), { lastPromptAt: null, promptsInCall: 0, unsettledMinor: 0 })
  const refused = await create(70_000, of)
  await records.write(async ({ paymentIntents }) => await paymentIntents.settle(refused, { state: 'failed', failure: 'refused' }, NOON))
  t.strictSame(await history(), { lastPromptAt: null, promptsInCall: 0, unsettledMinor: 0 })
  await create(30_000, of)
  await create(20_000, { ...of, callId: 'HD_other' })
  await create(10_000, { callId: 'HD_history', accountId: 'LN-1002' })
  t.strictSame(await history(), { lastPromptAt: NOON, promptsInCall: 2, unsettledMinor: 50_000 })
})
