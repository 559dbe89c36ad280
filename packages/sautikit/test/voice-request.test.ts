import { parse, stringify } from 'node:querystring'
import t from 'tap'
import fc from 'fast-check'
import { readVoiceRequest } from '../src/index.ts'

const MALFORMED = { code: 'WEBHOOK_MALFORMED', statusCode: 400 }
const SESSION = 'HD_24d73b4518bc'
const UUID = '0190b1c2-7f3e-7000-8000-0123456789ab'
const RINGING = { sessionId: SESSION, callerNumber: '+254722000001', destinationNumber: '+254711000001', callSessionState: 'Ringing', isActive: '1', direction: 'Inbound' }

t.test("a call rings, in the exchange's own words", async (t) => {
  t.strictSame(readVoiceRequest(RINGING), { callId: SESSION, callIds: [SESSION], state: 'ringing', from: '+254722000001', to: '+254711000001', direction: 'inbound' })
})

t.test('everything that the exchange may say is understood', async (t) => {
  const body = { ...RINGING, callSessionState: 'Completed', direction: 'OUTBOUND', durationInSeconds: '73', dtmfDigits: '42#', streamSid: 'st_1', streamEvent: 'stream-stopped', clientRequestId: 'lead-7', isActive: 0 }
  t.strictSame(readVoiceRequest(body), {
    callId: SESSION, callIds: [SESSION], state: 'completed', from: '+254722000001', to: '+254711000001', direction: 'outbound', clientRequestId: 'lead-7', durationSeconds: 73, digits: '42#', streamId: 'st_1'
  })
})

t.test('a call rings, in the words of the tutorials', async (t) => {
  const request = readVoiceRequest({ CallId: UUID, From: '+254722000001', To: '+254711000001', Digits: '1' })
  t.strictSame(request, { callId: UUID, callIds: [UUID], state: 'other', from: '+254722000001', to: '+254711000001', direction: 'inbound', digits: '1' })
})

t.test("where both vocabularies are used the exchange's identity comes first, and none is lost", async (t) => {
  t.match(readVoiceRequest({ ...RINGING, CallId: UUID, From: 'anonymous', To: '+254711000009' }), { callId: SESSION, callIds: [SESSION, UUID], from: '+254722000001', to: '+254711000001' })
  t.strictSame(readVoiceRequest({ ...RINGING, CallId: SESSION }).callIds, [SESSION])
})

t.test('JSON may hold numbers and booleans where a form holds text', async (t) => {
  const request = readVoiceRequest({ ...RINGING, callerNumber: 254722000001, durationInSeconds: 73.4, isActive: true, dtmfDigits: 0, clientRequestId: null })
  t.match(request, { from: '+254722000001', durationSeconds: 73, digits: '0' })
  t.notOk('clientRequestId' in request)
})

for (const withheld of ['anonymous', 'Restricted', 'unknown', '', 'unavailable', '+', undefined]) {
  t.test(`a caller '${withheld}' is anonymous, not an error`, async (t) => {
    t.equal(readVoiceRequest({ ...RINGING, callerNumber: withheld }).from, null)
  })
}

const states: Array<[said: string | undefined, state: string]> = [
  ['Ringing', 'ringing'], ['RINGING', 'ringing'], ['Answered', 'answered'], ['completed', 'completed'],
  ['StreamStarted', 'stream-started'], ['stream-started', 'stream-started'], ['STREAM_STARTED', 'stream-started'],
  ['StreamStopped', 'stream-stopped'], ['stream_error', 'stream-error'],
  ['Failed', 'failed'], ['no_answer', 'failed'], ['NoAnswer', 'failed'], ['busy', 'failed'], ['Canceled', 'failed'], ['cancelled', 'failed'],
  ['Transferred', 'other'], ['', 'other'], [undefined, 'other'], ['constructor', 'other'], ['7', 'other']
]
for (const [said, state] of states) {
  t.test(`a call that is said to be '${said}' is ${state}`, async (t) => { t.equal(readVoiceRequest({ ...RINGING, callSessionState: said }).state, state) })
}

t.test('a stream event speaks where no known state is said', async (t) => {
  t.equal(readVoiceRequest({ ...RINGING, callSessionState: undefined, streamEvent: 'stream-error' }).state, 'stream-error')
  t.equal(readVoiceRequest({ ...RINGING, callSessionState: 'InProgress', streamStatus: 'StreamStopped' }).state, 'stream-stopped')
})

t.test('the client request id is found in the body, else in the query', async (t) => {
  t.equal(readVoiceRequest({ ...RINGING, clientRequestId: 'body' }, { clientRequestId: 'query' }).clientRequestId, 'body')
  t.equal(readVoiceRequest(RINGING, { clientRequestId: 'query' }).clientRequestId, 'query')
  t.notOk('clientRequestId' in readVoiceRequest(RINGING, {}))
})

t.test('a duration that is none is not told', async (t) => {
  for (const durationInSeconds of ['-1', '1e9', 'NaN', 'soon', '99999999999', '']) t.notOk('durationSeconds' in readVoiceRequest({ ...RINGING, durationInSeconds }), durationInSeconds)
})

const malformed: Array<[what: string, body: unknown]> = [
  ['no call', { ...RINGING, sessionId: undefined }],
  ['an empty call id', { ...RINGING, sessionId: ' ' }],
  ['a call id that is a path', { ...RINGING, sessionId: '../HD_24d73b4518bc' }],
  ['a call id without an end', { ...RINGING, sessionId: 'H'.repeat(65) }],
  ['a second call id that is none', { ...RINGING, CallId: 'a b' }],
  ['no called number', { ...RINGING, destinationNumber: undefined }],
  ['a called number that is none', { ...RINGING, destinationNumber: 'reception' }],
  ['a field that came twice', { ...RINGING, callerNumber: ['+254722000001', '+254722000002'] }],
  ['a field that is an object', { ...RINGING, sessionId: { $ne: null } }],
  ['a field that is far too long', { ...RINGING, dtmfDigits: '1'.repeat(5_001) }],
  ['nothing', null],
  ['a text', 'sessionId=HD_24d73b4518bc'],
  ['no body', undefined],
  ['a list', [RINGING]],
  ['fields that are only inherited', Object.create(RINGING)],
  ['fields under __proto__', JSON.parse(`{ "__proto__": ${JSON.stringify(RINGING)} }`)]
]
for (const [what, body] of malformed) {
  t.test(`a request with ${what} is malformed`, async (t) => { t.throws(() => readVoiceRequest(body), MALFORMED) })
}

t.test('a query with a client request id that came twice is malformed', async (t) => {
  t.throws(() => readVoiceRequest(RINGING, { clientRequestId: ['a', 'b'] }), MALFORMED)
})

t.test('the message says which field is at fault, and not what it holds', async (t) => {
  const err = t.throws(() => readVoiceRequest({ ...RINGING, callerNumber: ['+254722000001', '+254722000002'] })) as Error
  t.equal(err.message, 'The webhook is malformed: callerNumber is no single value')
})

t.test('a form and JSON with the same fields are the same request', async (t) => {
  const digits = fc.stringMatching(/^[1-9][0-9]{6,14}$/)
  const body = fc.record({
    sessionId: fc.stringMatching(/^HD_[0-9a-f]{12}$/),
    callerNumber: fc.oneof(digits, digits.map(text => `+${text}`), fc.string()),
    destinationNumber: digits.map(text => `+${text}`),
    callSessionState: fc.string(),
    durationInSeconds: fc.nat(100_000),
    clientRequestId: fc.string()
  }, { requiredKeys: ['sessionId', 'destinationNumber'] })
  t.doesNotThrow(() => fc.assert(fc.property(body, (body) => {
    const form = readVoiceRequest(parse(stringify(body)))
    t.strictSame(form, readVoiceRequest(JSON.parse(JSON.stringify(body))))
    return form.callId === body.sessionId && form.to === body.destinationNumber
  })))
})

t.test('whatever comes, the result is a request or an error with a code', async (t) => {
  const value = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.array(fc.string()), fc.object())
  const body = fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom('__proto__', ...Object.keys(RINGING)), value), value.map(odd => ({ ...RINGING, callerNumber: odd })))
  t.doesNotThrow(() => fc.assert(fc.property(body, fc.anything(), (body, query) => {
    try {
      readVoiceRequest(body, query ?? {})
    } catch (err) {
      if ((err as { code?: string }).code !== 'WEBHOOK_MALFORMED') throw err
    }
  })))
})
