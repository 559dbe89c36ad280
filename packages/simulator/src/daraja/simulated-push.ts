import type { CallbackPlan, DarajaBehaviour } from './behaviour.ts'
import type { Clock } from './clock.ts'
import type { PushBody } from './merchant-request.ts'
import { RESULTS, type Result } from './results.ts'
import { checkoutRequestId, merchantRequestId, nairobiTime, receiptNumber } from './stk-ids.ts'

/** One prompt on one phone: what was asked, and what came of it. */
export class SimulatedPush {
  readonly at: Date
  readonly merchantRequestId = merchantRequestId()
  readonly checkoutRequestId: string
  /** E.164. */
  readonly phone: string
  readonly amountKes: number
  readonly accountReference: string
  readonly description: string
  readonly callbackUrl: string
  /** Of the payment, once it was made. */
  readonly receipt = receiptNumber()
  readonly behaviour: DarajaBehaviour
  /** Null while the phone asks. */
  result: Result | null = null
  /** Resolves when each of its callbacks was delivered or given up. */
  settled: Promise<void> = Promise.resolve()

  constructor (body: PushBody, behaviour: DarajaBehaviour, clock: Clock) {
    this.at = clock.now()
    this.behaviour = behaviour
    this.checkoutRequestId = checkoutRequestId(this.at, String(body.PhoneNumber))
    this.phone = `+${body.PhoneNumber}`
    this.amountKes = Number(body.Amount)
    this.accountReference = body.AccountReference
    this.description = body.TransactionDesc
    this.callbackUrl = body.CallBackURL
  }

  get isPaid (): boolean { return this.result === 'right PIN' }

  /** What the callback's URL is sent; `plan` says where it departs from the truth. */
  callbackBody (plan: CallbackPlan, at: Date): object {
    const result = plan.says ?? this.result ?? this.behaviour.person
    const [code, description] = RESULTS[result]
    const items = [
      { Name: 'Amount', Value: plan.amountKes ?? this.amountKes },
      { Name: 'MpesaReceiptNumber', Value: plan.receipt ?? this.receipt },
      { Name: 'Balance' }, // has no value (observed)
      { Name: 'TransactionDate', Value: Number(nairobiTime(at).slice(0, 14)) },
      { Name: 'PhoneNumber', Value: Number(this.phone.slice(1)) }
    ]
    return {
      Body: {
        stkCallback: {
          MerchantRequestID: plan.merchantRequestId ?? this.merchantRequestId,
          CheckoutRequestID: plan.checkoutRequestId ?? this.checkoutRequestId,
          ResultCode: code,
          ResultDesc: description,
          ...(code === 0 && { CallbackMetadata: { Item: items } })
        }
      }
    }
  }
}
