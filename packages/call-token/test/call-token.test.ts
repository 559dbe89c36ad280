import t from 'tap'
import fc from 'fast-check'
import { SignJWT, UnsecuredJWT } from 'jose'
import { signCallToken, verifyCallToken, type CallClaims } from '../src/index.ts'

const SECRET = 's'.repeat(32)
const NOW = new Date('2026-11-21T09:00:00+03:00')
const CLAIMS: CallClaims = { callId: 'HD_24d73b4518bc', agent: 'lender', caller: '+254711222001', callerTurn: 3 }
const INVALID = { code: 'CALL_TOKEN_INVALID', statusCode: 401 }

const later = (ms: number): Date => new Date(NOW.getTime() + ms)
/** A token that differs from ours in what `change` does to it. */
const forged = (claims: object, change: (jwt: SignJWT) => SignJWT = jwt => jwt, secret = SECRET, alg = 'HS256'): Promise<string> =>
  change(new SignJWT({ ...claims }).setProtectedHeader({ alg }).setAudience('tools-service').setExpirationTime(later(60_000))).sign(new TextEncoder().encode(secret))

t.test('a token carries its claims, and nothing else, to whoever holds the secret', async (t) => {
  t.strictSame(await verifyCallToken(await signCallToken(CLAIMS, SECRET, NOW), SECRET, NOW), CLAIMS)
  const withheld = { ...CLAIMS, caller: null, callerTurn: 0 }
  t.strictSame(await verifyCallToken(await signCallToken(withheld, SECRET, NOW), SECRET, NOW), withheld)
})

t.test('a token is valid now unless another instant is given', async (t) => {
  t.strictSame(await verifyCallToken(await signCallToken(CLAIMS, SECRET), SECRET), CLAIMS)
  await t.rejects(verifyCallToken(await signCallToken(CLAIMS, SECRET, new Date(0)), SECRET), INVALID)
})

t.test('a token lasts 60 s', async (t) => {
  const token = await signCallToken(CLAIMS, SECRET, NOW)
  t.strictSame(await verifyCallToken(token, SECRET, later(59_000)), CLAIMS)
  await t.rejects(verifyCallToken(token, SECRET, later(60_000)), INVALID)
})

t.test('a token signed with another secret is refused', async (t) => {
  await t.rejects(verifyCallToken(await signCallToken(CLAIMS, 'o'.repeat(32), NOW), SECRET, NOW), INVALID)
})

t.test('a token without a signature is refused, even if it says so itself', async (t) => {
  const unsecured = new UnsecuredJWT({ ...CLAIMS }).setAudience('tools-service').setExpirationTime(later(60_000)).encode()
  await t.rejects(verifyCallToken(unsecured, SECRET, NOW), INVALID)
})

t.test('only what this package signs is believed', async (t) => {
  t.strictSame(await verifyCallToken(await forged(CLAIMS), SECRET, NOW), CLAIMS, 'the forgery itself is well made')
  const forgeries: Record<string, Promise<string>> = {
    'for another audience': forged(CLAIMS, jwt => jwt.setAudience('webhook-api')),
    'for no audience': forged({ ...CLAIMS, aud: undefined }, jwt => jwt.setAudience([])),
    'for ever': new SignJWT({ ...CLAIMS }).setProtectedHeader({ alg: 'HS256' }).setAudience('tools-service').sign(new TextEncoder().encode(SECRET)),
    'with another algorithm': forged(CLAIMS, jwt => jwt, SECRET.repeat(2), 'HS512'),
    'without a call': forged({ ...CLAIMS, callId: undefined }),
    'with a call id that is a path': forged({ ...CLAIMS, callId: '../admin' }),
    'for an unknown agent': forged({ ...CLAIMS, agent: 'banker' }),
    'with a turn that is no number': forged({ ...CLAIMS, callerTurn: '3' })
  }
  for (const [what, token] of Object.entries(forgeries)) await t.rejects(verifyCallToken(await token, SECRET, NOW), INVALID, what)
})

t.test('a token with any character changed is refused', async (t) => {
  const token = await signCallToken(CLAIMS, SECRET, NOW)
  await fc.assert(fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'AZaz09-_.=! é'), async (at, character) => {
    const changed = token.slice(0, at) + character + token.slice(at + 1)
    fc.pre(!sameBytes(changed, token))
    await verifyCallToken(changed, SECRET, NOW).then(() => { throw new Error(`believed: ${changed}`) }, (err) => t.equal(err.code, 'CALL_TOKEN_INVALID'))
  }))
})

t.test('text that is no token at all is refused', async (t) => {
  for (const text of ['', '.', '..', 'null', 'Bearer x', '{}', 'a.b.c']) await t.rejects(verifyCallToken(text, SECRET, NOW), INVALID)
})

/** The last character of a base64 text holds unused bits, so two texts may be one signature. */
const sameBytes = (a: string, b: string): boolean => a.split('.').map(part => Buffer.from(part, 'base64url').toString('hex')).join() === b.split('.').map(part => Buffer.from(part, 'base64url').toString('hex')).join() && a.split('.').length === b.split('.').length
