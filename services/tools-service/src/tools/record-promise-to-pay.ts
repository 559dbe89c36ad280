import { recordPromiseToPay as contract } from '@karani/agents'
import { addDays, dayAt, startOfDay, type Account, type CalendarDay, type PaymentPromise, type PromiseTerms, type Writings } from '@karani/records'
import { AmountTooHighError, DayNotUnderstoodError, DayOutOfRangeError, ProposalDiffersError } from '../errors.ts'
import { readDay } from '../speech/day.ts'
import { spokenDay } from '../speech/spoken-day.ts'
import { minorUnits, wholeUnits } from '../whole-units.ts'
import { borrowerOf } from './borrower.ts'
import { confirmed, scopeOf } from './confirmation.ts'
import { writing, type Output, type ToolCall } from './tool.ts'

const MAX_DAYS_AHEAD = 60

interface Said { readonly amount: number, readonly payBy: string }

/** First a proposal that is read back, then, after the caller has answered, the promise: always what was read back. */
export const recordPromiseToPay = writing(contract, async ({ confirm, ...said }, call, writings) => {
  const account = await borrowerOf(call, writings)
  return confirm === undefined
    ? await propose(said, account, call, writings)
    : await record(confirm, said, account, call, writings)
})

async function propose ({ amount, payBy: words }: Said, account: Account, call: ToolCall, { proposals }: Writings): Promise<Output> {
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

/** No reminder is due before the promised day is over. */
async function record (proposalId: string, said: Said, { accountId }: Account, call: ToolCall, { proposals, promises, stops, systemEffects }: Writings): Promise<Output> {
  const { claims: { callId, callerTurn }, now, timeZone } = call
  const promise = confirmed(await proposals.confirm<PromiseTerms, PaymentPromise>(proposalId, scopeOf(contract, accountId, call), async terms => {
    if (!isWhatWasRead(terms, said, dayAt(now, timeZone))) throw new ProposalDiffersError()
    const until = startOfDay(addDays(terms.payBy, 1), timeZone)
    await stops.stop({ phone: null, accountId, reason: 'promise', scope: 'reminders', callId, callerTurn, at: now, until })
    const made = await promises.record({ ...terms, proposalId, callId, accountId, at: now })
    await systemEffects.promised(made, accountId, { callId, at: now })
    return made
  }))
  return { recorded: true, promiseId: promise.promiseId, ...spoken(promise, dayAt(now, timeZone)) }
}

const isWhatWasRead = (terms: PromiseTerms, { amount, payBy }: Said, today: CalendarDay): boolean =>
  terms.amountMinor === minorUnits(amount) && terms.payBy === readDay(payBy, today)

const spoken = ({ amountMinor, payBy }: PromiseTerms, today: CalendarDay): Output =>
  ({ amountKes: wholeUnits(amountMinor), payBy, payBySpoken: spokenDay(payBy, today) })
