import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { DarajaFault } from './daraja-fault.ts'

/** Who is paid, as Safaricom knows them. */
export interface Merchant { readonly shortcode: string, readonly passkey: string, readonly consumerKey: string, readonly consumerSecret: string }

/** The API takes numbers and texts of digits alike. */
const digits = (pattern: string) => Type.Refine(Type.Union([Type.String(), Type.Integer()]), value => new RegExp(pattern).test(String(value)))

const Signed = { BusinessShortCode: digits('^\\d{5,7}$'), Timestamp: digits('^20\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])([01]\\d|2[0-3])[0-5]\\d[0-5]\\d$'), Password: Type.String({ minLength: 1 }) }

const PushBody = Type.Object({
  ...Signed,
  TransactionType: Type.Enum(['CustomerPayBillOnline', 'CustomerBuyGoodsOnline']),
  Amount: Type.Refine(digits('^\\d{1,6}$'), value => Number(value) >= 1 && Number(value) <= 250_000),
  PartyA: digits('^254[17]\\d{8}$'),
  PartyB: digits('^\\d{5,7}$'),
  PhoneNumber: digits('^254[17]\\d{8}$'),
  CallBackURL: Type.Refine(Type.String({ pattern: '^https?://' }), url => URL.canParse(url)),
  AccountReference: Type.String({ minLength: 1, maxLength: 12 }),
  TransactionDesc: Type.String({ minLength: 1, maxLength: 13 })
})
export type PushBody = Static<typeof PushBody>

const QueryBody = Type.Object({ ...Signed, CheckoutRequestID: Type.String({ pattern: '^ws_CO_\\w+$' }) })

/** @throws DarajaFault naming the first field that does not fit, as the real one does */
export function checkPush (body: unknown, merchant: Merchant, allowPlaintext: boolean): PushBody {
  checkFields(PushBody, body)
  checkSigned(body, merchant)
  const { protocol, hostname } = new URL(body.CallBackURL)
  if (protocol !== 'https:' && !allowPlaintext && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) throw invalid('CallBackURL')
  return body
}

/** The CheckoutRequestID that is asked for. */
export function checkQuery (body: unknown, merchant: Merchant): string {
  checkFields(QueryBody, body)
  checkSigned(body, merchant)
  return body.CheckoutRequestID
}

function checkFields<T extends typeof PushBody | typeof QueryBody> (schema: T, body: unknown): asserts body is Static<T> {
  const properties: Record<string, unknown> = schema.properties
  const given = typeof body === 'object' && body !== null ? body as Record<string, unknown> : {}
  for (const [name, field] of Object.entries(properties)) {
    if (!Value.Check(field as typeof Type.Any, given[name])) throw invalid(name)
  }
}

function checkSigned ({ BusinessShortCode: shortcode, Password: password, Timestamp: timestamp }: { BusinessShortCode: string | number, Password: string, Timestamp: string | number }, merchant: Merchant): void {
  if (String(shortcode) !== merchant.shortcode) throw new DarajaFault(500, '500.001.1001', 'Merchant does not exist')
  if (Buffer.from(password, 'base64').toString() !== `${merchant.shortcode}${merchant.passkey}${timestamp}`) throw new DarajaFault(500, '500.001.1001', 'Wrong credentials')
}

const invalid = (field: string): DarajaFault => new DarajaFault(400, '400.002.02', `Bad Request - Invalid ${field}`)
