import { getAccount as contract } from '@karani/agents'
import { dayAt } from '@karani/records'
import { spokenPayment } from '../payments/payment-words.ts'
import { plainText } from '../speech/plain-text.ts'
import { daysAway, spokenDay } from '../speech/spoken-day.ts'
import { wholeUnits } from '../whole-units.ts'
import { borrowerOf } from './borrower.ts'
import { reading } from './tool.ts'

export const getAccount = reading(contract, async (_, call, readings) => {
  const account = await borrowerOf(call, readings)
  const today = dayAt(call.now, call.timeZone)
  const asked = await readings.payments.ofCall(call.claims.callId, account.accountId)
  return {
    found: true,
    accountId: account.accountId,
    name: plainText(account.borrower, 60),
    balanceKes: wholeUnits(account.balanceMinor),
    nextPaymentKes: wholeUnits(account.nextPaymentMinor),
    dueDate: account.dueOn,
    dueDateSpoken: `${spokenDay(account.dueOn, today)}, ${daysAway(account.dueOn, today)}`,
    status: plainText(account.status, 60),
    ...(asked.length > 0 && { paymentsInThisCall: asked.map(spokenPayment) })
  }
})
