import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { MpesaCallbackMalformedError } from './errors.ts'
import { outcomeOf, StkEnd } from './stk-outcome.ts'
import { MAX_AMOUNT_KES } from './stk-push.ts'

/** Daraja's identity of a request. The CheckoutRequestID may end in digits of the payer's number: it belongs in no log. */
export const DarajaId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })

/** What somebody who knew the callback's URL said of a push. It is not signed: nothing of it is true before it is compared. */
export const StkCallback = Type.Object({
  merchantRequestId: DarajaId,
  checkoutRequestId: DarajaId,
  outcome: StkEnd,
  /** Whole shillings; null unless paid. */
  amountKes: Type.Union([Type.Integer({ minimum: 1, maximum: MAX_AMOUNT_KES }), Type.Null()]),
  /** M-Pesa's, which the payer has too; null unless paid. */
  receipt: Type.Union([Type.String({ pattern: '^[A-Z0-9]{8,16}$' }), Type.Null()])
}, { additionalProperties: false })
export type StkCallback = Readonly<Omit<Static<typeof StkCallback>, 'outcome'>> & { readonly outcome: StkEnd }

const ResultCode = Type.Union([Type.Integer(), Type.String()])
const Body = Type.Object({
  Body: Type.Object({
    stkCallback: Type.Object({
      MerchantRequestID: Type.String(),
      CheckoutRequestID: Type.String(),
      ResultCode,
      CallbackMetadata: Type.Optional(Type.Object({ Item: Type.Array(Type.Object({ Name: Type.String(), Value: Type.Optional(Type.Unknown()) }), { maxItems: 20 }) }))
    })
  })
})
type Item = Static<typeof Body>['Body']['stkCallback']['CallbackMetadata'] extends infer M | undefined ? M extends { Item: Array<infer I> } ? I : never : never

/**
 * Reads the body of a callback. The payer's number, which is in it, is not looked at.
 * @throws MpesaCallbackMalformedError also where a payment has no receipt, or no amount of whole shillings that M-Pesa moves
 */
export function readStkCallback (body: unknown): StkCallback {
  if (!Value.Check(Body, body)) throw new MpesaCallbackMalformedError('it is not of the known shape')
  const { MerchantRequestID: merchantRequestId, CheckoutRequestID: checkoutRequestId, ResultCode: resultCode, CallbackMetadata: metadata } = body.Body.stkCallback
  const outcome = outcomeOf(String(resultCode))
  const isPaid = outcome.state === 'paid'
  const items = metadata?.Item ?? []
  const callback: unknown = {
    merchantRequestId,
    checkoutRequestId,
    outcome,
    amountKes: isPaid ? valueOf(items, 'Amount') : null,
    receipt: isPaid ? valueOf(items, 'MpesaReceiptNumber') : null
  }
  if (!isStkCallback(callback)) throw new MpesaCallbackMalformedError(`${Value.Errors(StkCallback, callback)[0]?.instancePath ?? ''} cannot be right`)
  return callback
}

function isStkCallback (value: unknown): value is StkCallback {
  if (!Value.Check(StkCallback, value)) return false
  return value.outcome.state !== 'paid' || (value.amountKes !== null && value.receipt !== null)
}

function valueOf (items: readonly Item[], name: string): unknown {
  const named = items.filter(({ Name }) => Name === name)
  return named.length === 1 ? named[0]!.Value : undefined
}
