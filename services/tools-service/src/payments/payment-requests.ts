import { wholeUnits } from '../whole-units.ts'
import { firstCheck, isStillWanted } from './payment-rules.ts'
import type { PaymentPorts } from './payment-ports.ts'
import { tellCall } from './tell-call.ts'
import type { PaymentIntent } from '@karani/records'

/** Asks phones for money: at most once for each row, whoever else tries, and whatever dies in between. */
export class PaymentRequests {
  readonly #ports: PaymentPorts
  readonly #sending = new Set<Promise<void>>()

  constructor (ports: PaymentPorts) { this.#ports = ports }

  /** Asks the phone, if nobody has yet. Nobody waits for it: the outcome is told to the call. */
  send (intentId: string): void {
    const sending = this.#push(intentId)
      .catch((err: unknown) => this.#ports.fault(intentId, err))
      .finally(() => this.#sending.delete(sending))
    this.#sending.add(sending)
  }

  /** Resolves when what `send` began is done. */
  async sent (): Promise<void> { await Promise.all(this.#sending) }

  /** A row that the process which wrote it has left: asked now while somebody still waits for it, else never. */
  async resume ({ intentId, ...intent }: PaymentIntent): Promise<void> {
    if (isStillWanted(intent.createdAt, this.#ports.now())) await this.#push(intentId)
    else await this.#giveUp(intentId, 'not-sent')
  }

  /** The row says that the phone is being asked before it is asked: who finds that leaves it alone. */
  async #push (intentId: string): Promise<void> {
    const { records, daraja, callbackUrl, count, fault, now } = this.#ports
    const at = now()
    const intent = await records.write(async ({ paymentIntents }) => await paymentIntents.take(intentId, at, firstCheck(at)))
    if (intent === undefined) return
    const push = {
      amountKes: wholeUnits(intent.amountMinor),
      phone: intent.phone,
      accountReference: intent.accountId.slice(0, 12),
      description: 'Loan payment',
      callbackUrl: callbackUrl(intentId)
    }
    const answer = await daraja.push(push).catch((err: unknown) => {
      fault(intentId, err)
      return failureOf(err)
    })
    if (answer === 'refused' || answer === 'not-sent') return await this.#giveUp(intentId, answer)
    count(answer === null ? 'unanswered' : 'accepted')
    await records.write(async ({ paymentIntents }) => await paymentIntents.pushed(intentId, answer?.checkoutRequestId ?? null))
  }

  /** No phone was asked, for sure. */
  async #giveUp (intentId: string, failure: 'refused' | 'not-sent'): Promise<void> {
    const { records, now, count } = this.#ports
    const settled = await records.write(async ({ paymentIntents }) => await paymentIntents.settle(intentId, { state: 'failed', failure }, now()))
    if (!settled) return
    count(failure)
    await tellCall(this.#ports, intentId)
  }
}

/** Null when the phone may have been asked all the same. */
function failureOf (error: unknown): 'refused' | 'not-sent' | null {
  if (error instanceof RangeError) return 'not-sent'
  return (error as { code?: string }).code === 'DARAJA_REFUSED' ? 'refused' : null
}
