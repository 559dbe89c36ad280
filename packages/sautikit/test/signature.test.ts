import { createHmac } from 'node:crypto'
import t from 'tap'
import fc from 'fast-check'
import { signWebhook, verifyWebhook, type SignedWebhook } from '../src/index.ts'

const SECRET = 'whsec_karani'
const BODY = 'sessionId=HD_24d73b4518bc&callSessionState=Ringing'
const SIGNED_AT = 1_795_000_000

const genuine = (change: Partial<SignedWebhook> = {}): SignedWebhook => ({ header: signWebhook(SECRET, BODY, SIGNED_AT), rawBody: BODY, secrets: [SECRET], now: at(0), ...change })
const at = (seconds: number): Date => new Date((SIGNED_AT + seconds) * 1_000)
const headerOf = (message: string, t: string | number = SIGNED_AT): string => `t=${t},v1=${createHmac('sha256', SECRET).update(message).digest('hex')}`

t.test('the signature is an HMAC of the body, a dot and the time, in this order', async (t) => {
  t.equal(signWebhook(SECRET, BODY, SIGNED_AT), headerOf(`${BODY}.${SIGNED_AT}`))
  t.equal(verifyWebhook(genuine({ header: headerOf(`${SIGNED_AT}.${BODY}`) })), 'invalid')
})

t.test('the bytes of the body are what is signed, whatever they are', async (t) => {
  const rawBody = Buffer.from([0x00, 0xff, 0xfe, 0x80])
  t.equal(verifyWebhook(genuine({ rawBody, header: signWebhook(SECRET, rawBody, SIGNED_AT) })), 'valid')
  t.equal(verifyWebhook(genuine({ rawBody: rawBody.toString(), header: signWebhook(SECRET, rawBody, SIGNED_AT) })), 'invalid')
})

const outcomes: Array<[what: string, change: Partial<SignedWebhook>, outcome: string]> = [
  ['a genuine signature', {}, 'valid'],
  ['any of several secrets', { secrets: ['other', SECRET] }, 'valid'],
  ['another secret', { secrets: ['other'] }, 'invalid'],
  ['no secret at all', { secrets: [] }, 'invalid'],
  ['an empty secret, which anybody has', { secrets: [''], header: signWebhook('', BODY, SIGNED_AT) }, 'invalid'],
  ['no header', { header: undefined }, 'missing'],
  ['an empty header', { header: '' }, 'missing'],
  ['300 s ago', { now: at(300) }, 'valid'],
  ['301 s ago', { now: at(301) }, 'stale'],
  ['30 s ahead', { now: at(-30) }, 'valid'],
  ['31 s ahead', { now: at(-31) }, 'stale'],
  ['a shorter tolerance', { now: at(61), toleranceS: 60 }, 'stale'],
  ['old, and not genuine either', { now: at(301), secrets: ['other'] }, 'invalid'],
  ['another order, with spaces, beside a version to come', { header: signWebhook(SECRET, BODY, SIGNED_AT).split(',').reverse().concat('v2=00').join(', ') }, 'valid'],
  ['only a version to come', { header: signWebhook(SECRET, BODY, SIGNED_AT).replace('v1', 'v2') }, 'invalid'],
  ['no time', { header: signWebhook(SECRET, BODY, SIGNED_AT).replace(/^t=\d+,/, '') }, 'invalid'],
  ['a time that is no number', { header: headerOf(`${BODY}.now`, 'now') }, 'invalid'],
  ['a later time than was signed', { header: signWebhook(SECRET, BODY, SIGNED_AT).replace(String(SIGNED_AT), String(SIGNED_AT + 1)) }, 'invalid'],
  ['a digest cut short', { header: signWebhook(SECRET, BODY, SIGNED_AT).slice(0, -2) }, 'invalid'],
  ['a bare digest of the body', { header: createHmac('sha256', SECRET).update(BODY).digest('hex') }, 'invalid'],
  ['a bare digest where it is allowed', { header: createHmac('sha256', SECRET).update(BODY).digest('hex'), allowBare: true }, 'valid'],
  ['a bare digest of another body where it is allowed', { header: createHmac('sha256', SECRET).update('x').digest('hex'), allowBare: true }, 'invalid'],
  ['a full signature where a bare one is allowed', { allowBare: true }, 'valid'],
  ['nonsense', { header: '=,=;t,v1,,__proto__=x' }, 'invalid']
]
for (const [what, change, outcome] of outcomes) {
  t.test(`${what}: ${outcome}`, async (t) => { t.equal(verifyWebhook(genuine(change)), outcome) })
}

const bytes = fc.uint8Array({ maxLength: 200 })
const secret = fc.string({ minLength: 1 })

t.test('what is signed is valid', async (t) => {
  t.doesNotThrow(() => fc.assert(fc.property(bytes, secret, fc.nat(4_000_000_000), (rawBody, secret, unixSeconds) =>
    verifyWebhook({ header: signWebhook(secret, rawBody, unixSeconds), rawBody, secrets: [secret], now: new Date(unixSeconds * 1_000) }) === 'valid')))
})

t.test('a body with any byte changed, added or taken away is refused', async (t) => {
  const tampered = fc.tuple(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.constantFrom('change', 'add', 'take away')).map(([body, position, flip, how]) => {
    const index = position % Math.max(1, body.length)
    const other = how === 'add' ? [...body, flip] : how === 'take away' ? body.filter((_, i) => i !== index) : body.map((byte, i) => i === index ? byte ^ flip : byte)
    return { body, other: Uint8Array.from(other) }
  }).filter(({ body, other }) => Buffer.compare(body, other) !== 0)
  t.doesNotThrow(() => fc.assert(fc.property(tampered, ({ body, other }) => verifyWebhook(genuine({ header: signWebhook(SECRET, body, SIGNED_AT), rawBody: other })) === 'invalid')))
})

t.test('a header with any character changed is refused', async (t) => {
  const header = signWebhook(SECRET, BODY, SIGNED_AT)
  t.doesNotThrow(() => fc.assert(fc.property(fc.nat(header.length - 1), fc.constantFrom(...'0123456789abcdefAF=,.tv é'), (index, character) => {
    fc.pre(header[index] !== character)
    return verifyWebhook(genuine({ header: header.slice(0, index) + character + header.slice(index + 1) })) !== 'valid'
  }), { numRuns: 500 }))
})
