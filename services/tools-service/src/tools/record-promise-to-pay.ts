import { recordPromiseToPay as contract } from '@karani/agents'
import { addDays, dayAt, type Account, type CalendarDay, type NotConfirmed, type Writings } from '@karani/records'
import {
  AmountTooHighError, DayNotUnderstoodError, DayOutOfRangeError, ProposalExpiredError, ProposalNotAnsweredError, ProposalSupersededError,
  ProposalUnknownError, VerificationRequiredError
} from '../errors.ts'
import { readPayDay } from '../speech/pay-day.ts'
import { spokenDay } from '../speech/spoken-day.ts'
import { minorUnits, wholeUnits } from '../whole-units.ts'
import { writing, type Output, type ToolCall } from './tool.ts'

const MAX_DAYS_AHEAD = 60

const REFUSALS: Readonly<Record<NotConfirmed, new () => Error>> = {
  unknown: ProposalUnknownError,
  'too-early': ProposalNotAnsweredError,
  expired: ProposalExpiredError,
  superseded: ProposalSupersededError
}

/** First a proposal that is read back, then, after the caller has answered, the promise: always what was read back. */
export const recordPromiseToPay = writing(contract, async ({ amount, payBy, confirm }, call, writings) => {
  const account = await writings.accounts.verifiedIn(call.claims.callId, call.now)
  if (account === undefined) throw new VerificationRequiredError()
  return confirm === undefined
    ? await propose({ amount, payBy }, account, call, writings)
    : await record(confirm, account, call, writings)
})

async function propose ({ amount, payBy: words }: { amount: number, payBy: string }, account: Account, { claims: { callId, callerTurn }, now, timeZone }: ToolCall, { promises }: Writings): Promise<Output> {
  const today = dayAt(now, timeZone)
  const owed = wholeUnits(account.balanceMinor)
  if (amount > owed) throw new AmountTooHighError(String(owed))
  const payBy = readPayDay(words, today)
  if (payBy === null) throw new DayNotUnderstoodError()
  const lastDay = addDays(today, MAX_DAYS_AHEAD)
  if (payBy < today || payBy > lastDay) throw new DayOutOfRangeError(spokenDay(lastDay, today))
  const { accountId, currency } = account
  const proposalId = await promises.propose({ callId, accountId, amountMinor: minorUnits(amount), currency, payBy, callerTurn, at: now })
  return { proposalId, readBack: `You promise to pay ${amount} shillings by ${spokenDay(payBy, today)}. Is that right?`, ...terms(amount, payBy, today) }
}

async function record (proposalId: string, { accountId }: Account, { claims: { callId, callerTurn }, now, timeZone }: ToolCall, { promises }: Writings): Promise<Output> {
  const promise = await promises.confirm({ proposalId, callId, accountId, callerTurn, at: now })
  if (typeof promise === 'string') throw new REFUSALS[promise]()
  return { recorded: true, promiseId: promise.promiseId, ...terms(wholeUnits(promise.amountMinor), promise.payBy, dayAt(now, timeZone)) }
}

const terms = (amountKes: number, payBy: CalendarDay, today: CalendarDay): Output => ({ amountKes, payBy, payBySpoken: spokenDay(payBy, today) })
