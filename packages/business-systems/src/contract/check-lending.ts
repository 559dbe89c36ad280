import { ACCOUNT } from '../http-lending.ts'
import type { HttpSystemOptions } from '../http-system.ts'
import type { LoanAccount, PaymentReceived, PromiseMade } from '../lending.ts'
import { spokenKey } from '../spoken-key.ts'
import { checkFinding } from './check-finding.ts'
import { checkTelling, crossing, newId, nothingTold, type Telling } from './check-telling.ts'
import { Peer, untaken } from './peer.ts'
import { isReached, Report, type Check } from './report.ts'

export interface LendingContract extends HttpSystemOptions {
  /** The id and the number of accounts that are there; they may be of two. */
  readonly account: string
  readonly phone: string
  /** Also makes a promise and pays KES 3.00 by three payments: in a system for tests. */
  readonly write?: boolean
}

const PAID_MINOR = 100
const NOT_THERE = 'KARANI-ASKED-FOR-NOTHING-0'

/** Whether a lender's system keeps the contract of docs/business-systems.md. */
export async function checkLending ({ account: id, phone, write = false, ...options }: LendingContract): Promise<Check[]> {
  const report = new Report()
  const peer = new Peer(options)
  if (!await isReached(peer, report)) return report.checks
  const account = await checkFinding(peer, report, { thing: 'an account', path: '/accounts/find', keyName: 'accountKey', shape: ACCOUNT, hasMoney: true, idOf: ({ accountId }) => accountId, phoneOf: account => account.phone }, { id, phone })
  if (write && account !== null) await checkEffects(peer, report, account)
  if (write && account === null) nothingTold(report, 'the account')
  report.check(peer.timeLimit, peer.lateness)
  return report.checks
}

async function checkEffects (peer: Peer, report: Report, account: LoanAccount): Promise<void> {
  await checkTelling(peer, report, promises(account))
  if (account.balanceMinor < 3 * PAID_MINOR) return report.check('takes a payment', 'the account owes less than 3.00, so that nothing can be seen; name one that owes more')
  const owed = async (): Promise<number | undefined> => {
    const { reply } = await peer.find('/accounts/find', { accountKey: spokenKey(account.accountId) })
    return ACCOUNT.Check(reply) ? reply.balanceMinor : undefined
  }
  const telling = payments(account)
  const pay = async (id: string) => await peer.tell(telling.path, id, telling.body(id))

  await checkTelling(peer, report, telling)
  const once = await owed()
  report.check('counts a payment once, however often it was told, and shows it in the balance from then on', unlessOwed(once, account.balanceMinor - PAID_MINOR))
  const second = await pay(newId())
  const twice = await owed()
  report.check('counts another payment of the same amount', untaken(second), unlessOwed(twice, (once ?? 0) - PAID_MINOR))
  const crossed = newId()
  const answers = await Promise.all([pay(crossed), pay(crossed)])
  report.check('counts a payment once that is told twice at the same moment', crossing(answers), unlessOwed(await owed(), (twice ?? 0) - PAID_MINOR))
}

function unlessOwed (owed: number | undefined, expected: number): string | undefined {
  if (owed === undefined) return 'the account could not be read afterwards'
  return owed === expected ? undefined : `the balance is ${Math.abs(owed - expected)} minor units ${owed < expected ? 'lower' : 'higher'} than it should be`
}

function promises ({ accountId, balanceMinor, currency }: LoanAccount): Telling {
  const soon = new Date(Date.now() + 2 * 24 * 60 * 60_000).toISOString().slice(0, 10)
  const body = (promiseId: string): PromiseMade => ({ promiseId, accountId, amountMinor: Math.min(balanceMinor, PAID_MINOR), currency, payBy: soon, promisedAt: new Date().toISOString() })
  return { effect: 'a promise', path: '/promises', body, bodyAboutNothing: id => ({ ...body(id), accountId: NOT_THERE }) }
}

function payments ({ accountId, currency }: LoanAccount): Telling {
  const body = (paymentId: string): PaymentReceived => ({ paymentId, accountId, amountMinor: PAID_MINOR, currency, receivedAt: new Date().toISOString() })
  return { effect: 'a payment', path: '/payments', body, bodyAboutNothing: id => ({ ...body(id), accountId: NOT_THERE }) }
}
