import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** The most that M-Pesa moves at once, in whole shillings. */
export const MAX_AMOUNT_KES = 250_000

/** A request for a payment, shown on the person's phone, which asks for the PIN. */
export const StkPush = Type.Object({
  /** Whole shillings. */
  amountKes: Type.Integer({ minimum: 1, maximum: MAX_AMOUNT_KES }),
  /** E.164, a mobile number of Kenya. */
  phone: Type.String({ pattern: '^\\+254[17]\\d{8}$' }),
  /** The account that is paid for; shown to the person. */
  accountReference: Type.String({ pattern: '^[\\x20-\\x7e]{1,12}$' }),
  description: Type.String({ pattern: '^[\\x20-\\x7e]{1,13}$' }),
  callbackUrl: Type.String({ pattern: '^https?://' })
}, { additionalProperties: false })
export type StkPush = Readonly<Static<typeof StkPush>>

/** Who is paid, and what proves it. */
export interface Merchant { readonly shortcode: string, readonly passkey: string }

/**
 * What Daraja is sent for a push. The numbers of the two parties have no plus.
 * @throws RangeError naming the field that does not fit, and never its value
 */
export function pushRequest (push: StkPush, merchant: Merchant, now: Date): object {
  const fault = Value.Errors(StkPush, push)[0]
  if (fault !== undefined) throw new RangeError(`push${fault.instancePath}: ${fault.message}`)
  const phone = push.phone.slice(1)
  return {
    ...credentials(merchant, now),
    TransactionType: 'CustomerPayBillOnline',
    Amount: push.amountKes,
    PartyA: phone,
    PartyB: merchant.shortcode,
    PhoneNumber: phone,
    CallBackURL: push.callbackUrl,
    AccountReference: push.accountReference,
    TransactionDesc: push.description
  }
}

/** What Daraja is sent to ask what became of a push. */
export const queryRequest = (checkoutRequestId: string, merchant: Merchant, now: Date): object => ({ ...credentials(merchant, now), CheckoutRequestID: checkoutRequestId })

/** The password is of this second: Daraja compares it with the time that stands beside it. */
function credentials ({ shortcode, passkey }: Merchant, now: Date): object {
  const timestamp = timestampOf(now)
  return { BusinessShortCode: shortcode, Password: Buffer.from(shortcode + passkey + timestamp).toString('base64'), Timestamp: timestamp }
}

/** Kenya has had no daylight saving time since 1960. */
const NAIROBI_OFFSET_MS = 3 * 3600_000

/** `yyyyMMddHHmmss` in Nairobi. */
const timestampOf = (instant: Date): string => new Date(instant.getTime() + NAIROBI_OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 14)
