import { Type } from 'typebox'
import { DarajaApi, refused } from './daraja-api.ts'
import { DarajaId } from './stk-callback.ts'
import { outcomeOf, type StkOutcome } from './stk-outcome.ts'
import { pushRequest, queryRequest, type Merchant, type StkPush } from './stk-push.ts'

export const DARAJA_SANDBOX_URL = 'https://sandbox.safaricom.co.ke'
export const DARAJA_PRODUCTION_URL = 'https://api.safaricom.co.ke'

export interface DarajaOptions extends Merchant {
  /** DARAJA_SANDBOX_URL or DARAJA_PRODUCTION_URL. */
  readonly baseUrl: string
  readonly consumerKey: string
  readonly consumerSecret: string
  /** Of each request; a push may need a token before, and once more after. */
  readonly timeoutMs?: number
  readonly now?: () => Date
}

/** Daraja's names of a push that it took: the phone will ask for the PIN, or has asked. */
export interface StkAccepted { readonly merchantRequestId: string, readonly checkoutRequestId: string }

const Code = Type.Union([Type.Integer(), Type.String({ pattern: '^[A-Za-z0-9_.]{1,32}$' })])
const PushReply = Type.Union([
  Type.Object({ ResponseCode: Type.Enum(['0', 0]), MerchantRequestID: DarajaId, CheckoutRequestID: DarajaId }),
  Type.Object({ ResponseCode: Type.Refine(Code, code => String(code) !== '0') })
])
const QueryReply = Type.Object({ ResultCode: Code })

const BEING_PROCESSED = { code: '500.001.1001', message: /being processed/i }

/** Safaricom's M-Pesa for merchants. Each method rejects with a DarajaError. Nothing is asked twice behind the caller's back. */
export class Daraja {
  readonly #api: DarajaApi
  readonly #merchant: Merchant
  readonly #now: () => Date

  constructor ({ shortcode, passkey, timeoutMs = 10_000, now = () => new Date(), ...options }: DarajaOptions) {
    this.#api = new DarajaApi({ ...options, timeoutMs, now })
    this.#merchant = { shortcode, passkey }
    this.#now = now
  }

  /**
   * Asks the person for a payment; resolves before they answer. After DARAJA_REFUSED no phone has asked anybody; after
   * DARAJA_UNANSWERED one may have.
   * @throws RangeError for a push that no Daraja could take
   */
  async push (push: StkPush): Promise<StkAccepted> {
    const request = pushRequest(push, this.#merchant, this.#now())
    const reply = await this.#api.post('/mpesa/stkpush/v1/processrequest', request, PushReply)
    if (!('CheckoutRequestID' in reply)) throw refused(`response_${reply.ResponseCode}`)
    return { merchantRequestId: reply.MerchantRequestID, checkoutRequestId: reply.CheckoutRequestID }
  }

  /** What became of a push. A payment's amount and receipt are told by its callback alone. */
  async query (checkoutRequestId: string): Promise<StkOutcome> {
    const request = queryRequest(checkoutRequestId, this.#merchant, this.#now())
    const { ResultCode: code } = await this.#api.post('/mpesa/stkpushquery/v1/query', request, QueryReply, ({ errorCode, errorMessage = '' }) =>
      errorCode === BEING_PROCESSED.code && BEING_PROCESSED.message.test(errorMessage) ? { ResultCode: '4999' } : undefined)
    return outcomeOf(String(code))
  }
}
