import t from 'tap'
import { darajaModes } from '@karani/simulator'
import { answersOf } from './helper.ts'
import { payingHouse } from './paying-house.ts'

const { app, db, daraja, claims, clock, tool, replica, pass, pay } = await payingHouse(t)
const payments = app.payments!

let calls = 0
/** A new call of Amina, who has proved who she is, owes 2,000 shillings, and 500 of them on the 28th. */
async function newCall (): Promise<string> {
  await pass(121_000)
  await db.query("truncate business.verification_attempts, dialling.stops; update business.accounts set balance_minor = 200000, next_payment_minor = 50000, due_on = '2026-11-28', status = 'current' where account_id = 'LN-1001'")
  const callId = `HD_stop_${calls++}`
  await tool('verifyIdentity', answersOf.amina, { callId })
  return callId
}
const stateOf = async (callId: string): Promise<string> => (await db.query('select state from business.payment_intents where call_id = $1', [callId])).rows[0].state
const balance = async (): Promise<number> => (await db.query("select balance_minor::int as balance from business.accounts where account_id = 'LN-1001'")).rows[0].balance
const stops = async () => (await db.query("select phone, account_id, reason, scope, since, until from dialling.stops where reason = 'paid' order by since")).rows
/** M-Pesa tells it, and both replicas hear it, and hear it again. */
async function settled (): Promise<void> {
  await pass(3_000)
  for (let times = 0; times < 2; times++) await Promise.all(claims.flatMap(({ callback, intentId }) => [payments, replica.app.payments!].map(async p => await p.claimed(callback, intentId))))
  claims.length = 0
}

t.test('a paid instalment stops reminders until its day is over, once for a receipt', async (t) => {
  const callId = await newCall()
  daraja.next(darajaModes.duplicated)
  await pay(500, callId)
  t.strictSame(await stops(), [], 'what is not paid yet stops nothing')
  await settled()
  t.strictSame(await stops(), [{ phone: null, account_id: 'LN-1001', reason: 'paid', scope: 'reminders', since: clock.now, until: new Date('2026-11-29T00:00:00+03:00') }])
})

t.test('a part of what is due stops nothing, what fills it up does', async (t) => {
  const callId = await newCall()
  await pay(300, callId)
  await settled()
  t.equal(await balance(), 170_000)
  t.strictSame(await stops(), [])
  await pass(121_000)
  await pay(200, callId)
  await settled()
  t.match(await stops(), [{ reason: 'paid', until: new Date('2026-11-29T00:00:00+03:00') }])
})

t.test('a payment that comes late stops reminders for today, and ends the arrears', async (t) => {
  const callId = await newCall()
  await db.query("update business.accounts set due_on = '2026-11-12', status = 'overdue' where account_id = 'LN-1001'")
  await pay(500, callId)
  await settled()
  t.match(await stops(), [{ until: new Date('2026-11-22T00:00:00+03:00') }])
  t.match((await tool('getAccount', {}, { callId })).body.output, { status: 'current', nextPaymentKes: 0 })
})

t.test('a loan that is paid off is never reminded of again, also after an instalment in the same call', async (t) => {
  const callId = await newCall()
  await pay(500, callId)
  await settled()
  await pass(121_000)
  await pay(1_500, callId)
  await settled()
  t.match(await stops(), [{ until: Date }, { until: null }])
  t.match((await tool('getAccount', {}, { callId })).body.output, { status: 'paid off', balanceKes: 0 })
})

t.test('a payment that fails stops nothing', async (t) => {
  const callId = await newCall()
  daraja.next(darajaModes['wrong-pin'])
  await pay(500, callId)
  await settled()
  t.equal(await stateOf(callId), 'failed')
  t.strictSame(await stops(), [])
})

t.test('without the stop nothing is booked, and what M-Pesa tells again is', async (t) => {
  const callId = await newCall()
  await pay(500, callId)
  await pass(3_000)
  const [{ callback, intentId }] = claims as [typeof claims[number]]
  await db.query("alter table dialling.stops add constraint nobody check (reason <> 'paid') not valid")
  await t.rejects(payments.claimed(callback, intentId))
  t.equal(await balance(), 200_000)
  t.equal(await stateOf(callId), 'pushed')
  await db.query('alter table dialling.stops drop constraint nobody')
  await payments.claimed(callback, intentId)
  t.equal(await balance(), 150_000)
  t.equal((await stops()).length, 1)
})
