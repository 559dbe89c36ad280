import type { StkCallback, StkEnd, StkOutcome } from '@karani/mpesa'
import type { PaymentIntent, Writings } from '@karani/records'
import { PaymentPendingError } from '../errors.ts'
import { wholeUnits } from '../whole-units.ts'
import { nextCheck, quietUntil } from './payment-rules.ts'
import type { PaymentPorts } from './payment-ports.ts'
import { tellCall } from './tell-call.ts'

/** Finds out what came of requests for money. M-Pesa's answer to a query is the one proof; all else only says when to ask. */
export class PaymentOutcomes {
  readonly #ports: PaymentPorts

  constructor (ports: PaymentPorts) { this.#ports = ports }

  /**
   * Somebody says how a payment ended. `intentId` is from the URL that the request named: it tells whose outcome this is when
   * the answer to the request was lost.
   * @throws PaymentPendingError, or what Daraja or the records throw, when it should be looked at again
   */
  async claimed (claim: StkCallback, intentId: string | null): Promise<void> {
    const { records, daraja, count } = this.#ports
    const intent = await records.write(async ({ paymentIntents }) => {
      const named = await paymentIntents.idOf(claim.checkoutRequestId) ?? intentId
      return named === null ? undefined : await paymentIntents.lock(named)
    })
    if (intent === undefined || !couldBe(intent, claim)) return count('claim-unknown')
    if (claim.outcome.state === 'paid' && claim.amountKes !== wholeUnits(intent.amountMinor)) return count('claim-amount-wrong')
    if (intent.state === claim.outcome.state && (intent.state === 'failed' || intent.receipt !== null)) return count('claim-repeated')
    const outcome = await daraja.query(claim.checkoutRequestId)
    if (outcome.state === 'pending') throw new PaymentPendingError()
    await this.#settle(intent.intentId, outcome, claim.checkoutRequestId, outcome.state === 'paid' ? claim.receipt : null)
  }

  /** Nobody has told the outcome of what the phone was asked. */
  async look (intent: PaymentIntent): Promise<void> {
    const { intentId, checkoutRequestId } = intent
    const outcome = checkoutRequestId === null ? null : await this.#query(intentId, checkoutRequestId)
    if (outcome === null || outcome.state === 'pending') await this.#waitOn(intent)
    else await this.#settle(intentId, outcome, checkoutRequestId!, null)
  }

  async #query (intentId: string, checkoutRequestId: string): Promise<StkOutcome | null> {
    return await this.#ports.daraja.query(checkoutRequestId).catch((err: unknown) => {
      this.#ports.fault(intentId, err)
      return null
    })
  }

  /** Until the next time; after the last one a person looks after it, and the call is told. */
  async #waitOn (intent: PaymentIntent): Promise<void> {
    const { records, now, count } = this.#ports
    const at = now()
    const next = nextCheck(intent)
    const isOver = await records.write(async writings => {
      if (!await writings.paymentIntents.checked(intent, next, at) || next !== null) return false
      await askPerson(writings, intent, 'M-Pesa does not say whether it was paid', at)
      return true
    })
    if (!isOver) return
    count('unconfirmed')
    await tellCall(this.#ports, intent.intentId)
  }

  /** The one way to a ledger that moves. */
  async #settle (intentId: string, end: StkEnd, checkoutRequestId: string, receipt: string | null): Promise<void> {
    const { records, now, count } = this.#ports
    const at = now()
    const event = await records.write(async writings => {
      const { paymentIntents } = writings
      const intent = (await paymentIntents.lock(intentId))!
      const isNew = await paymentIntents.settle(intentId, end.state === 'paid' ? { state: 'paid', checkoutRequestId } : { state: 'failed', failure: end.reason, checkoutRequestId }, at)
      if (!isNew && intent.state !== end.state) {
        await askPerson(writings, intent, `it was taken for ${intent.state}, and M-Pesa says ${end.state}`, at)
        return 'claim-contradicted'
      }
      if (isNew && end.state === 'paid') await this.#book(intent, writings, at)
      if (receipt !== null && intent.receipt === null) {
        if (await paymentIntents.hasReceipt(receipt)) count('claim-receipt-taken')
        else await paymentIntents.keepReceipt(intentId, receipt)
      }
      return isNew ? end.state : 'claim-repeated'
    })
    count(event)
    if (event === 'paid' || event === 'failed') await tellCall(this.#ports, intentId)
  }

  /** Of no call: it is a fact of the account, whichever call asked for it, and each payment has its own. */
  async #book (intent: PaymentIntent, { ledger, stops, systemEffects }: Writings, at: Date): Promise<void> {
    const standing = await ledger.book(intent, at)
    await systemEffects.paid(intent, at)
    const until = quietUntil(standing, at, this.#ports.timeZone)
    if (until === 'part paid') return
    await stops.stop({ phone: null, accountId: intent.accountId, reason: 'paid', scope: 'reminders', callId: null, callerTurn: null, at, until })
  }
}

/** A claim about a prompt that we do not know can only be about a request whose answer was lost. */
function couldBe ({ state, checkoutRequestId }: PaymentIntent, claim: StkCallback): boolean {
  return checkoutRequestId === claim.checkoutRequestId || (checkoutRequestId === null && (state === 'pushing' || state === 'unknown'))
}

async function askPerson ({ paymentIntents, callbacks }: Writings, { intentId, callId, accountId }: PaymentIntent, what: string, at: Date): Promise<void> {
  const phone = await paymentIntents.phoneOf(accountId)
  await callbacks.alsoAsk({ callId, agent: 'lender', phone, reason: `${intentId}: ${what}`, summary: null, at })
}
