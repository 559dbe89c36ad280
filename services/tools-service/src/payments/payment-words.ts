import type { CallNews } from '@karani/call-context'
import type { CallPayment, PaymentIntent } from '@karani/records'
import { wholeUnits } from '../whole-units.ts'

/** Why a payment failed, to be said after "because"; Daraja's reasons, and two of our own. */
const BECAUSE: Readonly<Record<string, string>> = {
  'insufficient-funds': 'there is not enough money in the M-Pesa account',
  cancelled: 'it was cancelled on the phone',
  'wrong-pin': 'the PIN was wrong',
  unreachable: 'nobody answered the request on the phone',
  expired: 'the time to enter the PIN ran out',
  refused: 'M-Pesa did not take the request',
  'not-sent': 'the request could not be sent'
}
const because = (failure: string | null): string => BECAUSE[failure ?? ''] ?? 'M-Pesa did not carry it out'

/** One payment of the call, as a tool returns it. */
export function spokenPayment ({ amountMinor, state, failure, receipt }: CallPayment): Readonly<Record<string, unknown>> {
  const amountKes = wholeUnits(amountMinor)
  if (state === 'paid') return { amountKes, state: 'received', ...(receipt !== null && { receipt }) }
  return state === 'failed' ? { amountKes, state: 'failed', why: because(failure) } : { amountKes, state: 'not confirmed yet' }
}

/** What the clerk is told while the call goes on; null while there is nothing to tell. */
export function newsOf ({ intentId, callId, amountMinor, currency, state, failure, receipt }: PaymentIntent): CallNews | null {
  const amount = `${currency} ${wholeUnits(amountMinor)}`
  const news = (kind: CallNews['kind'], text: string): CallNews => ({ callId, newsId: `${intentId}_${state}`, kind, text })
  switch (state) {
    case 'paid': return news('payment-received', `Payment of ${amount} received, receipt ${receipt ?? 'not known yet'}. Tell the caller.`)
    case 'failed': return news('payment-failed', `The payment of ${amount} did not go through, because ${because(failure)}. Nothing was paid. Tell the caller, and ask how they want to go on.`)
    case 'unknown': return news('payment-unconfirmed', `The payment of ${amount} is not confirmed yet, and a person of the team looks after it. Tell the caller so; say neither that it was paid nor that it was not.`)
    case 'created':
    case 'pushing':
    case 'pushed': return null
  }
}
