import t from 'tap'
import { carrierPresets } from '../../src/index.ts'
import { readVoiceDocument } from '../../src/carrier/voice-document.ts'

const XML = 'application/xml'
const JSON_ = 'application/json'
const rules = carrierPresets.field
const read = (body: string, type = XML, more = {}): unknown => readVoiceDocument(type, body, { ...rules, ...more })
const STREAM = '<Stream url="wss://a/b?x=1&amp;y=2" track="inbound_track" connect="true" outputSamplingRate="16000"/>'

t.test('XML becomes the same verbs as JSON', async t => {
  t.same(read(`<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-KE">Tom &amp; Co</Say>${STREAM}<Hangup/></Response>`), [
    { verb: 'say', language: 'en-KE', text: 'Tom & Co' },
    { verb: 'stream', url: 'wss://a/b?x=1&y=2', track: 'inbound_track', connect: true, outputSamplingRate: 16_000 },
    { verb: 'hangup' }
  ])
  t.same(read(JSON.stringify({ actions: [{ say: { language: 'en-KE', text: 'Tom & Co' } }, { hangup: {} }] }), JSON_), [{ verb: 'say', language: 'en-KE', text: 'Tom & Co' }, { verb: 'hangup' }])
  t.same(read('<Response><Dial timeout="20"><Number>+254711222333</Number></Dial></Response>'), [{ verb: 'dial', timeout: 20, number: '+254711222333' }])
  t.same(read('<Response><Dial phoneNumbers="+254711222333, +254711222334"/></Response>'), [{ verb: 'dial', numbers: ['+254711222333', '+254711222334'] }])
  t.same(read('<Response><GetDigits maxDigits="4"><Say>PIN</Say></GetDigits></Response>'), [{ verb: 'getDigits', numDigits: 4, nested: [{ say: { text: 'PIN' } }] }])
  t.same(read('<Response/>'), [])
})

const action = (...actions: object[]): string => JSON.stringify({ actions })
const number = '+254711222333'
for (const [title, code, body, type, more] of [
  ['an ampersand that is not escaped', 'ErrMalformed', '<Response><Say>Tom & Co</Say></Response>'],
  ['another root', 'ErrMalformed', '<Connect/>'],
  ['a Stream inside a Connect', 'ErrMalformed', `<Response><Connect>${STREAM}</Connect></Response>`],
  ['text between verbs', 'ErrMalformed', '<Response>hello</Response>'],
  ['a misspelt attribute', 'ErrArgument', '<Response><Stream url="wss://a" conect="true"/></Response>'],
  ['a rate that the carrier does not have', 'ErrArgument', '<Response><Stream url="wss://a" outputSamplingRate="24000"/></Response>'],
  ['a number without a plus', 'ErrArgument', '<Response><Dial><Number>254711222333</Number></Dial></Response>'],
  ['metadata that is not flat JSON', 'ErrArgument', '<Response><Stream url="wss://a" headerMetadata="{&quot;a&quot;:{}}"/></Response>'],
  ['two verbs in one action', 'ErrOneVerb', action({ say: { text: 'a' }, hangup: {} }), JSON_],
  ['an unknown verb', 'ErrUnknownVerb', action({ shout: {} }), JSON_],
  ['more than 50 actions', 'ErrTooManyActions', action(...Array.from({ length: 51 }, () => ({ hangup: {} }))), JSON_],
  ['Dial with number and numbers', 'ErrDialNumberNumbers', action({ dial: { number, numbers: [number] } }), JSON_],
  ['Dial with nobody', 'ErrDialTargetXOR', action({ dial: {} }), JSON_],
  ['a verb other than say and play in GetDigits', 'ErrGetDigitsNested', action({ getDigits: { nested: [{ hangup: {} }] } }), JSON_],
  ['text for a boolean in JSON', 'ErrArgument', action({ stream: { url: 'wss://a', connect: 'true' } }), JSON_],
  ['no actions', 'ErrMalformed', '{}', JSON_],
  ['a Stream in JSON, where the carrier takes XML only', 'ErrUnknownVerb', action({ stream: { url: 'wss://a' } }), JSON_, { jsonStream: false }],
  ['ws:, where the carrier takes wss: only', 'ErrArgument', '<Response><Stream url="ws://a"/></Response>', XML, { streamScheme: 'wss' }],
  ['a Stream without track and rate, where they are required', 'ErrArgument', '<Response><Stream url="wss://a"/></Response>', XML, { trackAndRateRequired: true }],
  ['HTML', 'ErrContentType', '<Response/>', 'text/html']
] as const) {
  t.test(`refused: ${title}`, async t => { t.throws(() => read(body, type, more), { code }) })
}
