import t from 'tap'
import fc from 'fast-check'
import { readStkCallback } from '../src/index.ts'

type Json = Record<string, unknown>
const IDS = { MerchantRequestID: '29115-34620561-1', CheckoutRequestID: 'ws_CO_191220191020363925' }
const callback = (fields: Json): Json => ({ Body: { stkCallback: { ...IDS, ResultDesc: 'x', ...fields } } })
const paid = (amount: unknown, receipt: unknown = 'NLJ7RT61SV'): Json => callback({
  ResultCode: 0, CallbackMetadata: { Item: [{ Name: 'Amount', Value: amount }, { Name: 'MpesaReceiptNumber', Value: receipt }, { Name: 'Balance' }, { Name: 'TransactionDate', Value: 20191219102115 }, { Name: 'PhoneNumber', Value: 254708374149 }] }
})
const ids = { merchantRequestId: IDS.MerchantRequestID, checkoutRequestId: IDS.CheckoutRequestID }
const MALFORMED = { code: 'MPESA_CALLBACK_MALFORMED', statusCode: 400 }

t.test('the documented payment is read, without the number of the payer', async (t) => {
  t.strictSame(readStkCallback(paid(1)), { ...ids, outcome: { state: 'paid' }, amountKes: 1, receipt: 'NLJ7RT61SV' })
  t.strictSame(readStkCallback(JSON.parse(JSON.stringify(paid(7)).replace('"Value":7', '"Value":500.00'))), { ...ids, outcome: { state: 'paid' }, amountKes: 500, receipt: 'NLJ7RT61SV' })
})

t.test('the documented refusal is read; what it says of an amount does not count', async (t) => {
  const cancelled = { ...ids, outcome: { state: 'failed', reason: 'cancelled', code: '1032' }, amountKes: null, receipt: null }
  t.strictSame(readStkCallback(callback({ ResultCode: 1032 })), cancelled)
  t.strictSame(readStkCallback(callback({ ResultCode: '1032', CallbackMetadata: { Item: [{ Name: 'Amount', Value: 500 }] } })), cancelled)
  t.match(readStkCallback(callback({ ResultCode: 'SFC_IC0003' })), { outcome: { reason: 'other', code: 'SFC_IC0003' } })
})

t.test('only whole shillings from 1 to 250,000 are an amount', async (t) => {
  for (const amount of [1, 250_000]) t.equal(readStkCallback(paid(amount)).amountKes, amount)
  for (const amount of [0, -0, -1, 0.5, 499.99, 250_000.01, 250_001, NaN, Infinity, '500', null, undefined, true, [500], {}]) t.throws(() => readStkCallback(paid(amount)), MALFORMED, String(amount))
})

t.test('a payment has a receipt, and says once what it says', async (t) => {
  for (const receipt of ['', 'nlj7rt61sv', 'NLJ7', 'N'.repeat(17), 12345678, null, undefined]) t.throws(() => readStkCallback({ ...paid(500, receipt === undefined ? {} : receipt) }), MALFORMED)
  const amount = { Name: 'Amount', Value: 500 }
  const receipt = { Name: 'MpesaReceiptNumber', Value: 'NLJ7RT61SV' }
  t.throws(() => readStkCallback(callback({ ResultCode: 0, CallbackMetadata: { Item: [amount, receipt, amount] } })), MALFORMED)
  t.throws(() => readStkCallback(callback({ ResultCode: 0, CallbackMetadata: { Item: [amount, receipt, { ...receipt, Value: 'NLJ7RT61SW' }] } })), MALFORMED)
  t.throws(() => readStkCallback(callback({ ResultCode: 0 })), MALFORMED)
})

t.test('what has no end is no callback', async (t) => {
  for (const ResultCode of [4999, '4999', '', null, 0.5, {}, 'x'.repeat(33)]) t.throws(() => readStkCallback(callback({ ResultCode })), MALFORMED)
})

t.test('an error does not repeat what was sent', async (t) => {
  for (const body of [callback({ ResultCode: 1032, MerchantRequestID: '+254712345678' }), callback({ ResultCode: 1032, CheckoutRequestID: '+254712345678' }), paid('+254712345678'), paid(500, '+254712345678')]) {
    t.throws(() => readStkCallback(body), { ...MALFORMED, message: /^[^+]*$/ })
  }
})

t.test('whatever is sent is read or malformed, and what is read is of the one shape', async (t) => {
  const json = fc.jsonValue({ maxDepth: 4 })
  const value = fc.oneof(json, fc.constantFrom(0, '0', 1, 500, 'NLJ7RT61SV', ...Object.values(IDS)))
  const item = fc.record({ Name: fc.oneof(json, fc.constantFrom('Amount', 'MpesaReceiptNumber')), Value: value }, { requiredKeys: [] })
  const stkCallback = fc.record({ MerchantRequestID: value, CheckoutRequestID: value, ResultCode: value, CallbackMetadata: fc.oneof(json, fc.record({ Item: fc.array(item) })) }, { requiredKeys: [] })
  fc.assert(fc.property(fc.oneof(json, stkCallback.map(stkCallback => ({ Body: { stkCallback } }))), body => {
    try {
      const { outcome, amountKes, receipt } = readStkCallback(body)
      return outcome.state === 'paid' ? Number.isInteger(amountKes) && receipt !== null : amountKes === null && receipt === null
    } catch (err) {
      return (err as { code?: string }).code === 'MPESA_CALLBACK_MALFORMED'
    }
  }), { numRuns: 3_000 })
})
