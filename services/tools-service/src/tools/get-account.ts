import { getAccount as contract } from '@karani/agents'
import { dayAt } from '@karani/records'
import { VerificationRequiredError } from '../errors.ts'
import { spokenPayment } from '../payments/payment-words.ts'
import { plainText } from '../speech/plain-text.ts'
import { daysAway, spokenDay } from '../speech/spoken-day.ts'
import { wholeUnits } from '../whole-units.ts'
import { reading } from './tool.ts'

export const getAccount = reading(contract, async (_, { claims, now, timeZone }, { accounts, payments }) => {
  const account = await accounts.verifiedIn(claims.callId, now)
  if (account === undefined) throw new VerificationRequiredError()
  const today = dayAt(now, timeZone)
  const asked = await payments.ofCall(claims.callId, account.accountId)
  return {
    found: true,
    accountId: account.accountId,
    name: plainText(account.borrower, 60),
    balanceKes: wholeUnits(account.balanceMinor),
    nextPaymentKes: wholeUnits(account.nextPaymentMinor),
    dueDate: account.dueOn,
    dueDateSpoken: `${spokenDay(account.dueOn, today)}, ${daysAway(account.dueOn, today)}`,
    status: account.status,
    ...(asked.length > 0 && { paymentsInThisCall: asked.map(spokenPayment) })
  }
})
