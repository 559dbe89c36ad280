import { recordPromiseToPay as contract } from '@karani/agents'
import { addDays, dayAt, type Account, type CalendarDay, type PaymentPromise, type PromiseTerms, type Writings } from '@karani/records'
import { AmountTooHighError, DayNotUnderstoodError, DayOutOfRangeError, VerificationRequiredError } from '../errors.ts'
import { readDay } from '../speech/day.ts'
import { spokenDay } from '../speech/spoken-day.ts'
import { minorUnits, wholeUnits } from '../whole-units.ts'
import { confirmed, scopeOf } from './confirmation.ts'
import { writing, type Output, type ToolCall } from './tool.ts'

const MAX_DAYS_AHEAD = 60

/** First a proposal that is read back, then, after the caller has answered, the promise: always what was read back. */
export const recordPromiseToPay = writing(contract, async ({ amount, payBy, confirm }, call, writings) => {
  const account = await writings.accounts.verifiedIn(call.claims.callId, call.now)
  if (account === undefined) throw new VerificationRequiredError()
  return confirm === undefined
    ? await propose({ amount, payBy }, account, call, writings)
    : await record(confirm, account, call, writings)
})

async function propose ({ amount, payBy: words }: { amount: number, payBy: string }, account: Account, call: ToolCall, { proposals }: Writings): Promise<Output> {
  const today = dayAt(call.now, call.timeZone)
  const owed = wholeUnits(account.balanceMinor)
  if (amount > owed) throw new AmountTooHighError(String(owed))
  const payBy = readDay(words, today)
  if (payBy === null) throw new DayNotUnderstoodError()
  const lastDay = addDays(today, MAX_DAYS_AHEAD)
  if (payBy < today || payBy > lastDay) throw new DayOutOfRangeError(spokenDay(lastDay, today))
  const terms: PromiseTerms = { amountMinor: minorUnits(amount), currency: account.currency, payBy }
  const proposalId = await proposals.propose(scopeOf(contract, account.accountId, call), terms)
  return { proposalId, readBack: `You promise to pay ${amount} shillings by ${spokenDay(payBy, today)}. Is that right?`, ...spoken(terms, today) }
}

async function record (proposalId: string, { accountId }: Account, call: ToolCall, { proposals, promises }: Writings): Promise<Output> {
  const { claims: { callId }, now, timeZone } = call
  const promise = confirmed(await proposals.confirm<PromiseTerms, PaymentPromise>(proposalId, scopeOf(contract, accountId, call),
    async terms => await promises.record({ ...terms, proposalId, callId, accountId, at: now })))
  return { recorded: true, promiseId: promise.promiseId, ...spoken(promise, dayAt(now, timeZone)) }
}

const spoken = ({ amountMinor, payBy }: PromiseTerms, today: CalendarDay): Output =>
  ({ amountKes: wholeUnits(amountMinor), payBy, payBySpoken: spokenDay(payBy, today) })
