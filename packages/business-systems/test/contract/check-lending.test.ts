import t, { type Test } from 'tap'
import { checkLending, type Check } from '../../src/contract/index.ts'
import { failed, FINDS_BY_ID, FINDS_BY_PHONE, forgetful, FORM, hearing, MONEY, NO_ID, NO_PHONE, NOTHING_TOLD, saying, SECRET_KEPT, startTeam, status, trusting, type Answering } from './team.ts'

const AN_ACCOUNT = { account: 'TC-1042', phone: '+254722333444' }
const PAID_ONCE = 'counts a payment once, however often it was told, and shows it in the balance from then on'
const PAID_ANOTHER = 'counts another payment of the same amount'
const PAID_CROSSING = 'counts a payment once that is told twice at the same moment'
const RIGHT_ONE = 'never answers with another than an account that was asked for'
const UNFIT = ['a promise', 'a payment'].map(effect => `refuses ${effect} about what is not there, for good: 409, 410 or 422`)
const UNPROVEN = ['a promise', 'a payment'].map(effect => `refuses ${effect} with 401 from who does not know the secret`)
const AGAIN = ['a promise', 'a payment'].map(effect => `takes ${effect} that it has taken before`)
const TAKEN = ['a promise', 'a payment'].map(effect => `takes ${effect}`)

t.test('the reference keeps the contract of a lender', async t => {
  const checks = await check(t)
  t.same(checks.filter(({ passed }) => !passed), [])
  t.equal(checks.length, 21)
})

t.test('nothing is written unless it is asked for', async t => {
  const methods = new Set<string>()
  const team = await startTeam(t, '/lending', (request, system) => { methods.add(request.method); return system.answer(request) })
  const checks = await checkLending({ ...team, ...AN_ACCOUNT })
  t.same(failed(checks), [])
  t.same([...methods].sort(), ['GET', 'POST'])
})

/** What a team may get wrong, and the checks that say so. */
const broken: Array<[mistake: string, answering: Answering, fails: string[]]> = [
  ['finds ids only as they are printed', hearing(({ body }) => ({ body: { ...body, accountKey: body.accountKey === 'TC-1042' ? 'TC1042' : undefined } })), [FINDS_BY_ID('an account'), NOTHING_TOLD]],
  ['looks for no phone number', hearing(({ body }) => ({ body: { ...body, phone: undefined } })), [FINDS_BY_PHONE('an account')]],
  ['answers with the first account that it has', hearing(({ path, body }) => path.endsWith('find') && body.accountKey !== 'TC1042' ? { body: { accountKey: 'TC1042' } } : {}), [RIGHT_ONE, NO_ID, NO_PHONE]],
  ['answers with the account of somebody else', hearing(({ path, body }) => path.endsWith('find') && body.accountKey === 'TC1042' ? { body: { accountKey: 'TC1043' } } : {}), [RIGHT_ONE, NOTHING_TOLD]],
  ['answers 200 and null for nobody', (request, system) => { const reply = system.answer(request); return reply.status === 404 ? { status: 200, body: null } : reply }, [NO_ID, NO_PHONE]],
  ['answers 204 for nobody', status({ 404: 204 }), [NO_ID, NO_PHONE]],
  ['asks for no secret', trusting, [SECRET_KEPT, ...UNPROVEN]],
  ['asks for a secret only where there is one', (request, system) => system.answer(request.authorization === 'Bearer' ? { ...request, authorization: 'Bearer known-to-both-sides' } : request), [SECRET_KEPT, ...UNPROVEN]],
  ['answers 403 to a wrong secret', status({ 401: 403 }), [SECRET_KEPT, ...UNPROVEN]],
  ['gives amounts as decimals', saying(account => ({ ...account, balanceMinor: account.balanceMinor / 1000 + 0.5 })), [MONEY, NOTHING_TOLD]],
  ['gives amounts as text', saying(account => ({ ...account, nextPaymentMinor: `${account.nextPaymentMinor}` })), [MONEY, NOTHING_TOLD]],
  ['gives numbers without a plus', saying(account => ({ ...account, phone: account.phone.slice(1) })), [FORM, NOTHING_TOLD]],
  ['gives days in its own way', saying(account => ({ ...account, dueOn: '27/11/2026' })), [FORM, NOTHING_TOLD]],
  ['leaves a field out', saying(({ birthYear, ...account }) => account), [FORM, NOTHING_TOLD]],
  ['counts every repetition', forgetful, [PAID_ONCE, PAID_CROSSING]],
  ['answers 409 to a repetition', (request, system) => { const reply = system.answer(request); return request.method === 'PUT' && reply.status === 200 ? { status: 409 } : reply }, [...AGAIN, PAID_CROSSING]],
  ['books payments overnight', (request, system) => request.path.includes('/payments/contract') && request.body.accountId === 'TC-1042' && request.authorization === 'Bearer known-to-both-sides' ? { status: 202 } : system.answer(request), [PAID_ONCE, PAID_ANOTHER, PAID_CROSSING]],
  ['takes one payment of an amount', hearing(({ path, body }) => path.includes('/payments/') && body.accountId === 'TC-1042' ? { path: `/lending/payments/${body.amountMinor}` } : {}), [PAID_ANOTHER, PAID_CROSSING]],
  ['takes what it cannot ever book', status({ 422: 200 }), UNFIT],
  ['answers 404 to what it cannot ever book', status({ 422: 404 }), UNFIT],
  ['sends elsewhere', status({ 201: 303 }), [...TAKEN, PAID_ANOTHER]],
  ['fails', status({ 201: 500 }), [...TAKEN, PAID_ANOTHER]]
]

for (const [mistake, answering, fails] of broken) {
  t.test(`a lender's system that ${mistake} fails`, async t => {
    const checks = await check(t, answering)
    t.same(failed(checks).sort(), [...fails].sort())
    t.ok(checks.every(({ passed, problem }) => passed === (problem === undefined)))
  })
}

async function check (t: Test, answering?: Answering): Promise<Check[]> {
  return await checkLending({ ...await startTeam(t, '/lending', answering), ...AN_ACCOUNT, write: true })
}
