import t from 'tap'
import { AMINA, answersOf, build, NOON } from './helper.ts'

const { tool, db, clock } = await build(t)
await db.query("insert into business.accounts (account_id, borrower, phone, national_id_last4, birth_year, balance_minor, next_payment_minor, currency, due_on, status, language) select 'LN-2001', 'Amina Other', phone, '1111', 1970, balance_minor, next_payment_minor, currency, due_on - 20, status, language from business.accounts where account_id = 'LN-1001'")
let calls = 0

/** A call that we placed to Amina about her loan, unless said otherwise. */
const placed = (call: object = {}) => ({ callId: `HD_out${calls++}`, agent: 'lender' as const, caller: AMINA as string | null, outreach: { purpose: 'reminder' as const, subject: 'LN-1001' }, callerTurn: 2, ...call })
const PARCEL = { purpose: 'delivery' as const, subject: 'TRK-427' }
const stopsOf = async ({ callId }: { callId: string }) => (await db.query('select phone, account_id, reason from dialling.stops where call_id = $1', [callId])).rows
const timesOf = async ({ callId }: { callId: string }) => (await db.query('select phone, kind, starts_at, ends_at from dialling.call_times where call_id = $1 order by kind', [callId])).rows

t.test('whom to ask for is a first name, and nothing else of an account', async (t) => {
  t.strictSame((await tool('whomWeCall', {}, placed())).body.output, { found: true, askFor: 'Amina' })
})

t.test("nobody is named to a number that is not the borrower's own, nor for an account that is not there", async (t) => {
  for (const call of [{ caller: '+254798000000' }, { outreach: { purpose: 'reminder', subject: 'LN-9999' } }]) t.strictSame((await tool('whomWeCall', {}, placed(call))).body.output, { found: false })
})

t.test('who rang us is not whom we call', async (t) => {
  t.match((await tool('whomWeCall', {}, { callId: 'HD_in' })).body, { error: { code: 'NOT_OUR_CALL' } })
})

t.test('the recipient of a parcel is told how far it is, at the number of the record', async (t) => {
  const call = placed({ agent: 'courier', outreach: PARCEL })
  t.match((await tool('whomWeCall', {}, call)).body.output, { askFor: 'Amina', status: 'out for delivery', etaMinutes: 40 })
  t.match((await tool('trackShipment', {}, call)).body.output, { found: true, etaSpoken: 'in about 40 minutes' })
  const other = placed({ agent: 'courier', outreach: PARCEL, caller: '+254722000002' })
  for (const name of ['whomWeCall', 'trackShipment']) t.strictSame((await tool(name, {}, other)).body.output, { found: false }, 'not even of their own other parcel')
})

t.test('the answers are those of the account that we called about, and not of another at the same number', async (t) => {
  const call = placed()
  t.equal((await tool('getAccount', {}, call)).body.error?.code, 'VERIFICATION_REQUIRED')
  t.match((await tool('verifyIdentity', { nationalIdLast4: '1111', birthYear: 1970 }, call)).body.output, { verified: false, weCalledAbout: undefined })
  t.equal((await tool('getAccount', {}, call)).body.error?.code, 'VERIFICATION_REQUIRED')
  t.strictSame((await tool('verifyIdentity', answersOf.amina, call)).body.output, { verified: true, triesLeft: 1, weCalledAbout: 'a payment that is due soon' })
  t.match((await tool('getAccount', {}, call)).body.output, { accountId: 'LN-1001' })
})

t.test('who names another account, and proves it, is not told why we called', async (t) => {
  t.strictSame((await tool('verifyIdentity', { accountId: 'LN 2001', nationalIdLast4: '1111', birthYear: 1970 }, placed())).body.output, { verified: true, triesLeft: 2 })
})

for (const [reason, agent, outreach] of [['wrong party', 'lender', undefined], ['dispute: never took a loan', 'lender', undefined], ['hardship', 'lender', undefined], ['minor', 'lender', undefined], ['wrong number', 'courier', PARCEL]] as const) {
  t.test(`'${reason}' said to the ${agent} by somebody unknown stops the number and what we called about`, async (t) => {
    const call = placed({ agent, ...(outreach && { outreach }) })
    await tool('escalate', { reason }, call)
    t.match(await stopsOf(call), [{ phone: AMINA, account_id: outreach?.subject ?? 'LN-1001' }])
  })
}

t.test('after a wrong party no name is said', async (t) => {
  const call = placed()
  await tool('escalate', { reason: 'wrong party' }, call)
  t.equal((await tool('whomWeCall', {}, call)).body.error?.code, 'COLLECTION_STOPPED')
})

for (const [agent, outreach] of [['lender', { purpose: 'reminder', subject: 'LN-1001' }], ['courier', PARCEL]] as const) {
  t.test(`who wants no more calls from the ${agent} gets none, to the number and about what we called about`, async (t) => {
    const call = placed({ agent, outreach })
    t.match((await tool('optOut', {}, call)).body.output, { message: 'We will not call this number again.' })
    t.strictSame(await stopsOf(call), [{ phone: AMINA, account_id: outreach.subject, reason: 'opt-out' }])
  })
}

t.test('a call at another time is written down for the number on the line, and told', async (t) => {
  const call = placed()
  t.strictSame((await tool('callMeLater', { when: 'Monday after five' }, call)).body.output, { recorded: true, callAt: '2026-11-23 17:00', message: 'I will have you called on Monday 23 November, from five in the afternoon (saa kumi na moja jioni).' })
  t.strictSame(await timesOf(call), [{ phone: AMINA, kind: 'callback', starts_at: new Date('2026-11-23T17:00:00+03:00'), ends_at: new Date('2026-11-23T18:00:00+03:00') }])
  await tool('callMeLater', { when: 'Jumanne saa mbili asubuhi' }, call)
  t.match(await timesOf(call), [{ starts_at: new Date('2026-11-24T08:00:00+03:00'), ends_at: new Date('2026-11-24T09:00:00+03:00') }], 'said again, the newer stands')
})

t.test('an hour at which we may not call is not promised: the next one is offered, and may be taken', async (t) => {
  const call = placed()
  const { body: { output } } = await tool('callMeLater', { when: 'saa mbili usiku' }, call)
  t.match(output, { recorded: false, offer: '2026-11-23 08:00', message: /We may not call at that time\. We can call on Monday 23 November, from eight in the morning .+ Would that do\?/ })
  t.strictSame(await timesOf(call), [])
  t.match((await tool('callMeLater', { when: output!['offer'] }, call)).body.output, { recorded: true })
  t.match(await timesOf(call), [{ starts_at: new Date('2026-11-23T08:00:00+03:00') }])
})

t.test('not now means not today', async (t) => {
  const call = placed({ agent: 'courier', outreach: PARCEL })
  t.match((await tool('callMeLater', { wish: 'not-now' }, call)).body.output, { recorded: true })
  t.strictSame(await timesOf(call), [{ phone: AMINA, kind: 'not-then', starts_at: NOON, ends_at: new Date('2026-11-22T00:00:00+03:00') }])
})

t.test('what is not clear, too far ahead, or for nobody knows which number is refused', async (t) => {
  const codeOf = async (args: object, call: object = {}) => (await tool('callMeLater', args, placed(call))).body.error?.code
  t.equal(await codeOf({}), 'TIME_NOT_UNDERSTOOD')
  t.equal(await codeOf({ when: 'when I have money' }), 'TIME_NOT_UNDERSTOOD')
  t.equal(await codeOf({ when: 'in two weeks' }), 'DAY_OUT_OF_RANGE')
  t.equal(await codeOf({ when: 'tomorrow' }, { caller: null }), 'NUMBER_HIDDEN')
})

t.equal(clock.now, NOON)
