import t from 'tap'
import { AMINA, answersOf, build, NOON } from './helper.ts'

const { tool, db, clock } = await build(t)
let calls = 0

/** A call whose caller has proved to be Amina, unless they have not. */
async function call (args: { verified?: boolean, caller?: string | null, agent?: 'lender' | 'courier' } = {}) {
  const { verified = true, caller = AMINA, agent = 'lender' } = args
  const claims = { callId: `HD_${calls++}`, caller, agent, callerTurn: 2 }
  if (verified) await tool('verifyIdentity', { accountId: 'LN-1001', ...answersOf.amina }, claims)
  return claims
}
const stopsOf = async ({ callId }: { callId: string }) =>
  (await db.query('select phone, account_id, reason, scope, since, until from dialling.stops where call_id = $1 order by reason', [callId])).rows
const codeOf = async (name: string, args: object, claims: Parameters<typeof tool>[2]) => (await tool(name, args, claims)).body.error?.code ?? 'ok'
const FRIDAY = { amount: 500, payBy: 'Friday' }

t.test('no more calls: anybody may say so for the number they call from', async (t) => {
  const claims = await call({ verified: false })
  t.strictSame((await tool('optOut', {}, claims)).body.output, { recorded: true, message: 'We will not call this number again.' })
  t.strictSame(await stopsOf(claims), [{ phone: AMINA, account_id: null, reason: 'opt-out', scope: 'calls', since: NOON, until: null }])
})

t.test('a borrower who has proved who they are is not called on any number', async (t) => {
  const claims = await call()
  t.match((await tool('optOut', {}, claims)).body.output, { message: 'We will not call you again.' })
  t.match(await stopsOf(claims), [{ phone: AMINA, account_id: 'LN-1001' }])
  t.equal(await codeOf('getAccount', {}, claims), 'ok', 'and may go on asking')
})

t.test('said again, the wider wish stands, and it is one row', async (t) => {
  const claims = await call({ verified: false })
  await tool('optOut', { scope: 'all' }, claims)
  await tool('verifyIdentity', answersOf.amina, claims)
  t.match((await tool('optOut', { scope: 'calls' }, claims)).body.output, { recorded: true })
  t.match(await stopsOf(claims), [{ phone: AMINA, account_id: 'LN-1001', scope: 'all' }])
})

t.test('a withheld number cannot be left alone, unless it is known who calls', async (t) => {
  const unknown = await call({ verified: false, caller: null })
  t.match((await tool('optOut', {}, unknown)).body, { error: { code: 'NUMBER_HIDDEN', message: /person/ } })
  t.strictSame(await stopsOf(unknown), [])
  const known = await call({ caller: null })
  t.match((await tool('optOut', {}, known)).body.output, { message: 'We will not call you again.' })
  t.match(await stopsOf(known), [{ phone: null, account_id: 'LN-1001' }])
})

t.test('a promise stops reminders until the day after it', async (t) => {
  const claims = await call()
  const { body: { output: proposal } } = await tool('recordPromiseToPay', FRIDAY, claims)
  t.strictSame(await stopsOf(claims), [], 'what is not confirmed stops nothing')
  await tool('recordPromiseToPay', { ...FRIDAY, confirm: proposal?.proposalId }, { ...claims, callerTurn: 3 })
  const midnight = new Date('2026-11-28T00:00:00+03:00')
  t.strictSame(await stopsOf(claims), [{ phone: null, account_id: 'LN-1001', reason: 'promise', scope: 'reminders', since: NOON, until: midnight }])
})

t.test('of two promises in a call, the later one says when reminders may come again', async (t) => {
  const claims = await call()
  for (const [payBy, callerTurn] of [['Friday', 3], ['kesho', 5]] as const) {
    const { body: { output: proposal } } = await tool('recordPromiseToPay', { amount: 500, payBy }, { ...claims, callerTurn })
    await tool('recordPromiseToPay', { amount: 500, payBy, confirm: proposal?.proposalId }, { ...claims, callerTurn: callerTurn + 1 })
  }
  t.match(await stopsOf(claims), [{ until: new Date('2026-11-23T00:00:00+03:00') }])
})

for (const reason of ['dispute: never took a loan', 'mkopo si wangu']) {
  t.test(`'${reason}' ends the talk of the debt for this call, and reminders`, async (t) => {
    const claims = await call()
    const { body: { output: proposal } } = await tool('recordPromiseToPay', FRIDAY, claims)
    const { body: { output } } = await tool('escalate', { reason }, claims)
    t.match(output, { recordedAs: 'dispute', callBack: true, message: /call you back.*no reminders/ })
    t.match(await stopsOf(claims), [{ phone: AMINA, account_id: 'LN-1001', reason: 'dispute', scope: 'reminders', until: null }])
    for (const callerTurn of [2, 3, 9]) {
      for (const [name, args] of [['getAccount', {}], ['recordPromiseToPay', FRIDAY], ['recordPromiseToPay', { ...FRIDAY, confirm: proposal?.proposalId }]] as const) {
        t.match((await tool(name, args, { ...claims, callerTurn })).body, { error: { code: 'COLLECTION_STOPPED', message: /person/ } })
      }
    }
    t.equal((await db.query('select from business.promises where call_id = $1', [claims.callId])).rowCount, 0)
    t.equal(await codeOf('getAccount', {}, await call()), 'ok', 'another call is another conversation')
  })
}

t.test('who cannot pay may still wish to, once they have said more', async (t) => {
  const claims = await call()
  t.match((await tool('escalate', { reason: 'hardship: lost her job' }, claims)).body.output, { recordedAs: 'hardship' })
  t.match(await stopsOf(claims), [{ phone: AMINA, account_id: 'LN-1001', reason: 'hardship', scope: 'reminders', until: null }])
  for (const [name, args] of [['getAccount', {}], ['recordPromiseToPay', FRIDAY]] as const) {
    t.equal(await codeOf(name, args, claims), 'COLLECTION_STOPPED')
    t.equal(await codeOf(name, args, { ...claims, callerTurn: 3 }), 'ok')
  }
})

for (const reason of ['wrong party', 'minor'] as const) {
  t.test(`${reason}: the proof of this call is gone, and no other is asked for`, async (t) => {
    const claims = await call()
    const { body: { output } } = await tool('escalate', { reason }, claims)
    t.match(output, { callBack: false, message: 'The team has been told. We will not call this number about it again.' })
    t.match(await stopsOf(claims), [{ phone: AMINA, account_id: 'LN-1001', reason: reason.replace(' ', '-'), scope: 'calls', until: null }])
    t.equal((await db.query('select from business.verified_calls where call_id = $1', [claims.callId])).rowCount, 0)
    for (const [name, args] of [['getAccount', {}], ['verifyIdentity', answersOf.amina], ['recordPromiseToPay', FRIDAY]] as const) {
      t.equal(await codeOf(name, args, { ...claims, callerTurn: 9 }), 'COLLECTION_STOPPED')
    }
    await tool('escalate', { reason: 'wants a person' }, claims)
    t.match((await db.query('select phone from business.callbacks where call_id = $1', [claims.callId])).rows, [{ phone: null }], 'and nobody rings there')
  })
}

t.test('with a withheld number and nobody known the talk ends all the same', async (t) => {
  const claims = await call({ verified: false, caller: null })
  t.match((await tool('escalate', { reason: 'dispute' }, claims)).body.output, { recordedAs: 'dispute', callBack: false, message: /hidden/ })
  t.match(await stopsOf(claims), [{ phone: null, account_id: null, reason: 'dispute' }])
  await tool('verifyIdentity', { accountId: 'LN-1001', ...answersOf.amina }, claims)
  t.equal(await codeOf('getAccount', {}, claims), 'COLLECTION_STOPPED')
})

t.test('what the summary says counts as well', async (t) => {
  const claims = await call({ verified: false })
  t.match((await tool('escalate', { reason: 'wants a person', summary: 'She says the loan is not hers and that it is a scam.' }, claims)).body.output, { recordedAs: 'dispute' })
})

t.test('a wish for a person stops nothing, nor does a dispute about a parcel', async (t) => {
  const lender = await call()
  t.strictSame((await tool('escalate', { reason: 'wants a person' }, lender)).body.output, { stored: true, callBack: true, message: 'A person of the team will call you back on this number.' })
  const courier = await call({ verified: false, agent: 'courier' })
  await tool('escalate', { reason: 'dispute about a delivery' }, courier)
  for (const claims of [lender, courier]) t.strictSame(await stopsOf(claims), [])
  t.equal(await codeOf('getAccount', {}, lender), 'ok')
})

t.test('the stop and the wish for a person are written together or not at all', async (t) => {
  const claims = await call()
  await db.query('alter table business.callbacks add constraint nobody check (call_id = \'\') not valid')
  t.equal((await tool('escalate', { reason: 'dispute' }, claims)).status, 503)
  await db.query('alter table business.callbacks drop constraint nobody')
  t.strictSame(await stopsOf(claims), [])
  t.equal(clock.now, NOON)
})
