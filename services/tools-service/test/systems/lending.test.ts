import t from 'tap'
import { answersOf, build, NOON } from '../helper.ts'
import { payingHouse } from '../paying-house.ts'
import { postgresGate } from '../postgres-gate.ts'
import { startBusiness, WANJIKU, WANJIKUS_ANSWERS } from './business.ts'

const bank = await startBusiness(t)
const house = await payingHouse(t, { more: bank.lending })
const { app, db, clock, tool, replica, pass, pay, claims } = house

let calls = 0
const newCall = () => ({ callId: `HD_bank_${calls++}`, caller: WANJIKU.phone })
const after = (ms: number): void => { clock.now = new Date(clock.now.getTime() + ms) }
const TABLES = ['business.verification_attempts', 'business.verified_calls', 'business.proposals', 'business.promises', 'business.tool_calls', 'business.system_effects', 'dialling.stops']
const written = async () => (await db.query(`select ${TABLES.map((table, n) => `(select count(*) from ${table}) as n${n}`).join()}`)).rows
const stateOf = async (effectId: string): Promise<string> => (await db.query('select state from business.system_effects where effect_id = $1', [effectId])).rows[0]?.state

t.beforeEach(async () => {
  Object.assign(bank, { accounts: [WANJIKU], answers: [], away: false, meanwhile: null })
  for (const list of [bank.asked, bank.told]) list.length = 0
  bank.taken.clear()
  await db.query('truncate business.verification_attempts')
})

async function verified () {
  const call = newCall()
  t.match((await tool('verifyIdentity', WANJIKUS_ANSWERS, call)).body.output, { verified: true })
  return call
}

t.test('an account that only the bank has is verified, told, and promised for, and the bank hears of the promise once', async (t) => {
  const call = await verified()
  t.match((await tool('getAccount', {}, call)).body.output, { accountId: 'LN-7001', balanceKes: 3000, nextPaymentKes: 1000, status: 'in arrears' })
  const { output: proposal } = (await tool('recordPromiseToPay', { amount: 1000, payBy: 'Friday' }, call)).body
  t.equal(bank.told.length, 0, 'a proposal is nothing to tell')
  const { output: promise } = (await tool('recordPromiseToPay', { amount: 1000, payBy: 'Friday', confirm: proposal!.proposalId }, { ...call, callerTurn: 2 })).body
  await bank.heard(1)
  await app.businessSystems.told()
  t.strictSame(bank.told, [{
    path: `/lending/promises/${promise!.promiseId}`,
    key: promise!.promiseId,
    body: { promiseId: promise!.promiseId, accountId: 'LN-7001', amountMinor: 100_000, currency: 'KES', payBy: '2026-11-27', promisedAt: NOON.toISOString() }
  }])
  t.equal(await stateOf(promise!.promiseId), 'told')
  t.match(await app.metrics.metrics(), /karani_system_effects_total\{system="lending",outcome="told"\} 1/)
  t.strictSame(new Set(bank.asked), new Set(['/lending/accounts/find']), 'no number and no id is in a URL')
})

t.test('the account is that of the id that was said, or the one that the bank names for the number', async (t) => {
  const other = { ...WANJIKU, accountId: 'LN-7002', dueOn: '2026-11-30', balanceMinor: 50_000 }
  bank.accounts = [other, WANJIKU]
  const byNumber = newCall()
  await tool('verifyIdentity', WANJIKUS_ANSWERS, byNumber)
  t.equal((await tool('getAccount', {}, byNumber)).body.output?.accountId, 'LN-7002', 'though ours of that number is due earlier')
  const byId = newCall()
  await tool('verifyIdentity', { ...WANJIKUS_ANSWERS, accountId: 'L N seven zero zero one' }, byId)
  t.equal((await tool('getAccount', {}, byId)).body.output?.accountId, 'LN-7001')
  t.equal((await tool('getAccount', {}, byNumber)).body.output?.accountId, 'LN-7002')
})

t.test('what the bank does not know does not exist, whatever the records have', async (t) => {
  for (const [args, caller] of [[answersOf.amina, '+254712345678'], [answersOf.brian, null], [{ ...answersOf.nobody, accountId: 'LN-9999' }, null]] as const) {
    const call = { callId: newCall().callId, caller, id: 'f' }
    t.equal((await tool('verifyIdentity', args, call)).raw, '{"id":"f","output":{"verified":false,"triesLeft":2}}')
    t.equal((await tool('getAccount', {}, { ...call, id: 'g' })).body.error?.code, 'VERIFICATION_REQUIRED')
  }
  t.equal(bank.asked.length, 3)
})

t.test('known or not, whoever is claimed to call is asked for, then checked, each time', async (t) => {
  const asks = [{ accountId: 'LN-7001' }, { accountId: 'LN-7001' }, { accountId: 'LN-9999' }, {}]
  for (const args of asks) t.strictSame((await tool('verifyIdentity', { ...answersOf.nobody, ...args }, newCall())).body.output, { verified: false, triesLeft: 2 })
  t.equal(bank.asked.length, asks.length, 'a young copy saves no question')
  bank.away = 503
  const replies = await Promise.all(asks.map(async args => await tool('verifyIdentity', { ...answersOf.nobody, ...args }, { ...newCall(), id: 'f' })))
  t.equal(new Set(replies.map(({ raw }) => raw)).size, 1, 'while the bank is away nobody can tell either')
})

t.test('who is known and who is not are as much work', async (t) => {
  const gate = await postgresGate(t, house.databaseUrl)
  const { app, tool } = await build(t, { replicaOf: { ...house, databaseUrl: gate.url }, env: bank.lending })
  await app.records.ping()
  /** The fewest of three: the outbox is looked through beside it, once a second. */
  const questions = async (args: object, caller: string): Promise<number> => {
    const counts: number[] = []
    while (counts.length < 3) {
      gate.holdAnswer(Infinity)
      t.strictSame((await tool('verifyIdentity', { ...answersOf.nobody, ...args }, { ...newCall(), caller })).body.output, { verified: false, triesLeft: 2 })
      counts.push(gate.roundTrips)
    }
    return Math.min(...counts)
  }
  const known = await questions({ accountId: 'LN-7001' }, WANJIKU.phone)
  t.ok(known > 10)
  t.equal(await questions({ accountId: 'LN-1001' }, WANJIKU.phone), known, 'one that the bank does not have')
  t.equal(await questions({ accountId: 'LN-9999' }, WANJIKU.phone), known, 'one that nobody has')
  t.equal(await questions({}, WANJIKU.phone), known, 'a known number')
  t.equal(await questions({}, '+254700000098'), known, 'a number of nobody')
})

t.test('an account that the bank has no more is not there, also for who was verified for it', async (t) => {
  const call = await verified()
  bank.accounts = []
  after(60_000)
  t.equal((await tool('getAccount', {}, call)).body.error?.code, 'VERIFICATION_REQUIRED')
  bank.accounts = [WANJIKU]
  t.equal((await tool('getAccount', {}, call)).body.output?.accountId, 'LN-7001', 'and is there again when the bank says so')
})

t.test('a copy younger than 60 s is used without a question, an older one never', async (t) => {
  const call = await verified()
  bank.accounts = [{ ...WANJIKU, balanceMinor: 200_000 }]
  after(59_999)
  t.equal((await tool('getAccount', {}, call)).body.output?.balanceKes, 3000)
  t.equal(bank.asked.length, 1)
  after(1)
  t.equal((await tool('getAccount', {}, call)).body.output?.balanceKes, 2000)
  t.equal(bank.asked.length, 2)
})

for (const away of [true, 500, 302, 429]) {
  t.test(`a bank that ${away === true ? 'does not answer' : `answers ${away}`} is a passing trouble within 3 s, and nothing is written`, async (t) => {
    const call = await verified()
    bank.away = away
    t.equal((await tool('getAccount', {}, call)).body.output?.balanceKes, 3000, 'a young copy is used')
    t.match((await tool('recordPromiseToPay', { amount: 10, payBy: 'kesho' }, call)).body.output, { proposalId: /./ })
    after(60_001)
    const before = await written()
    const started = performance.now()
    const replies = await Promise.all([tool('getAccount', {}, call), tool('recordPromiseToPay', { amount: 10, payBy: 'kesho' }, call), tool('startMpesaIntent', { amount: 10 }, call), tool('verifyIdentity', WANJIKUS_ANSWERS, newCall())])
    t.ok(performance.now() - started < 3_000)
    for (const { status, body } of replies) t.match({ status, body }, { status: 503, body: { error: { code: 'TEMPORARILY_UNAVAILABLE', message: 'This is not available right now. Try once more in a moment.' } } })
    t.strictSame(await written(), before)
    t.match((await tool('optOut', {}, call)).body.output, { recorded: true }, 'who wants no more calls is heard')
    t.match((await tool('escalate', { reason: 'wants a person' }, call)).body.output, { stored: true })
  })
}

t.test('a payment is told to the bank; until then no answer of the bank brings the old balance back, and afterwards the figure is its own', async (t) => {
  await pass(121_000)
  const { callId } = await verified()
  const balance = async (): Promise<number> => {
    after(60_000) // no copy is young enough
    await tool('verifyIdentity', WANJIKUS_ANSWERS, { callId: newCall().callId, caller: WANJIKU.phone })
    return (await tool('getAccount', {}, { callId })).body.output?.balanceKes
  }
  bank.answers = Array(1_000).fill(500)
  await pay(1000, callId)
  await pass(3_000)
  for (const { callback, intentId } of claims.splice(0)) await app.payments!.claimed(callback, intentId)
  await bank.heard(1)
  await app.businessSystems.told()
  t.equal(bank.taken.size, 0)
  const asked = bank.asked.length
  t.equal(await balance(), 2000)
  t.ok(bank.asked.length > asked, 'though it was asked, and said 3000')
  t.equal(await balance(), 2000)
  bank.meanwhile = async () => { // asked before it hears of the payment, its answer comes after
    bank.meanwhile = null
    bank.answers = []
    await db.query('update business.system_effects set next_try_at = created_at')
    while (bank.taken.size === 0) await Promise.all([app, replica.app].map(async app => await app.businessSystems.told()))
    bank.accounts = [{ ...WANJIKU, balanceMinor: 200_000, nextPaymentMinor: 0 }]
  }
  t.equal(await balance(), 2000)
  t.equal(bank.taken.size, 1)
  const [{ key, path, body }] = [...bank.taken.values()] as [typeof bank.told[0]]
  t.match({ key, path, body }, { key: /^payment-/, path: `/lending/payments/${key}`, body: { paymentId: key, accountId: 'LN-7001', amountMinor: 100_000, currency: 'KES' } })
  t.equal(new Set(bank.told.map(({ key }) => key)).size, 1)
  bank.accounts = [{ ...WANJIKU, balanceMinor: 199_500, nextPaymentMinor: 0 }] // it takes a fee off
  t.equal(await balance(), 1995)
})

t.test('without a system nobody is asked and nobody told', async (t) => {
  const own = await build(t)
  await own.tool('verifyIdentity', answersOf.amina)
  const { output } = (await own.tool('recordPromiseToPay', { amount: 10, payBy: 'kesho' })).body
  t.match((await own.tool('recordPromiseToPay', { amount: 10, payBy: 'kesho', confirm: output!.proposalId }, { callerTurn: 2 })).body.output, { recorded: true })
  t.equal((await own.db.query('select from business.system_effects')).rowCount, 0)
  t.equal(bank.asked.length, 0)
})
