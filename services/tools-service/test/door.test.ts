import t from 'tap'
import { SignJWT } from 'jose'
import { signCallToken, type CallClaims } from '@karani/call-token'
import { AMINA, answersOf, build, NOON, SECRET } from './helper.ts'

const { app, tool, clock, db } = await build(t)
const CLAIMS: CallClaims = { callId: 'HD_1', agent: 'lender', caller: AMINA, callerTurn: 1 }
const URL = '/v1/calls/HD_1/tools/getAccount'
const BODY = { id: 'f1', args: {} }

const hs256 = (secret: string, claims: object = CLAIMS, audience = 'tools-service'): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).setAudience(audience).setExpirationTime(new Date(NOON.getTime() + 60_000)).sign(new TextEncoder().encode(secret))
const unsigned = [{ alg: 'none' }, { ...CLAIMS, aud: 'tools-service', exp: NOON.getTime() / 1000 + 60 }, ''].map(part => part === '' ? '' : Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
const genuine = await signCallToken(CLAIMS, SECRET, NOON)

const tokens: ReadonlyArray<readonly [title: string, authorization: string | undefined, status: number, code: string]> = [
  ['no token', undefined, 401, 'CALL_TOKEN_INVALID'],
  ['an empty one', 'Bearer ', 401, 'CALL_TOKEN_INVALID'],
  ['another scheme', `Basic ${genuine}`, 401, 'CALL_TOKEN_INVALID'],
  ['no token at all behind the word', 'Bearer x.y.z', 401, 'CALL_TOKEN_INVALID'],
  ['one signed with another secret', `Bearer ${await hs256('another-secret-of-more-than-32-characters')}`, 401, 'CALL_TOKEN_INVALID'],
  ['one for another audience', `Bearer ${await hs256(SECRET, CLAIMS, 'webhook-api')}`, 401, 'CALL_TOKEN_INVALID'],
  ['one that is not signed', `Bearer ${unsigned}`, 401, 'CALL_TOKEN_INVALID'],
  ['one whose signature was cut', `Bearer ${genuine.slice(0, -3)}`, 401, 'CALL_TOKEN_INVALID'],
  ['one of 61 seconds ago', `Bearer ${await signCallToken(CLAIMS, SECRET, new Date(NOON.getTime() - 61_000))}`, 401, 'CALL_TOKEN_INVALID'],
  ['one for an agent that does not exist', `Bearer ${await hs256(SECRET, { ...CLAIMS, agent: 'bank' })}`, 401, 'CALL_TOKEN_INVALID'],
  ['one without a call', `Bearer ${await hs256(SECRET, { agent: 'lender', caller: null, callerTurn: 0 })}`, 401, 'CALL_TOKEN_INVALID'],
  ['one of another call', `Bearer ${await signCallToken({ ...CLAIMS, callId: 'HD_2' }, SECRET, NOON)}`, 403, 'CALL_TOKEN_MISMATCH'],
  ['a genuine one', `Bearer ${genuine}`, 200, 'VERIFICATION_REQUIRED']
]
for (const [title, authorization, status, code] of tokens) {
  t.test(`a tool call with ${title} is answered ${status} ${code}`, async (t) => {
    const response = await app.inject({ method: 'POST', url: URL, payload: BODY, headers: authorization === undefined ? {} : { authorization } })
    t.equal(response.statusCode, status)
    t.match(response.json(), { error: { code, message: /\w/ } })
  })
}

t.test('without a token nothing is told about the body, the tool or the call', async (t) => {
  for (const [url, payload] of [[URL, '{'], ['/v1/calls/HD_1/tools/nothing', '{}'], ['/v1/calls/%00/tools/getAccount', '{}']] as const) {
    const response = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } })
    t.equal(response.statusCode, 401)
  }
})

const tools: ReadonlyArray<readonly [tool: string, agent: CallClaims['agent']]> = [
  ['endCall', 'lender'], ['nothing', 'lender'], ['__proto__', 'lender'], ['constructor', 'lender'], ['getaccount', 'lender'], ['getAccount/x', 'lender'], ['trackShipment', 'lender'],
  ['getAccount', 'courier'], ['verifyIdentity', 'restaurant'], ['recordPromiseToPay', 'support'], ['answerQuestion', 'restaurant'], ['getMenu', 'support']
]
for (const [name, agent] of tools) {
  t.test(`the ${agent} has no tool ${name}`, async (t) => {
    t.match(await tool(name, {}, { agent, id: 'f9' }), { status: 404, body: { id: 'f9', error: { code: 'TOOL_UNKNOWN' } } })
  })
}

const misfits: ReadonlyArray<readonly [tool: string, args: object, message: RegExp]> = [
  ['verifyIdentity', {}, /nationalIdLast4/],
  ['verifyIdentity', { nationalIdLast4: 4821, birthYear: 1990 }, /nationalIdLast4/],
  ['verifyIdentity', { nationalIdLast4: '4821', birthYear: '1990' }, /birthYear/],
  ['verifyIdentity', { nationalIdLast4: '482', birthYear: 1990 }, /nationalIdLast4/],
  ['verifyIdentity', { ...answersOf.amina, accountId: ['LN-1001', 'LN-1002'] }, /accountId/],
  ['getAccount', { accountId: 'LN-1001' }, /one too many/],
  ['recordPromiseToPay', { amount: -1, payBy: 'leo' }, /amount/],
  ['recordPromiseToPay', { amount: 0, payBy: 'leo' }, /amount/],
  ['recordPromiseToPay', { amount: 0.1 + 0.2, payBy: 'leo' }, /amount/],
  ['recordPromiseToPay', { amount: 1e21, payBy: 'leo' }, /amount/],
  ['recordPromiseToPay', { amount: 'elfu tano', payBy: 'leo' }, /amount/],
  ['recordPromiseToPay', { amount: '500', payBy: 'leo' }, /amount/],
  ['recordPromiseToPay', { amount: null, payBy: 'leo' }, /amount/],
  ['recordPromiseToPay', { amount: 500, payBy: ' \u0000 ' }, /payBy/],
  ['escalate', { reason: '' }, /reason/],
  ['escalate', { reason: 'a person', number: '+254900000000' }, /one too many/]
]
for (const [name, args, message] of misfits) {
  t.test(`${name} is not called with ${JSON.stringify(args)}`, async (t) => {
    t.match(await tool(name, args, { id: 'f9' }), { status: 400, body: { id: 'f9', error: { code: 'TOOL_ARGUMENTS_INVALID', message } } })
  })
}

const bodies: ReadonlyArray<readonly [title: string, payload: string, contentType: string, status: number]> = [
  ['no JSON', '{', 'application/json', 400],
  ['nothing', '', 'application/json', 400],
  ['a list', '[]', 'application/json', 400],
  ['no id', '{"args":{}}', 'application/json', 400],
  ['a number for an id', '{"id":1,"args":{}}', 'application/json', 400],
  ['no arguments', '{"id":"f1"}', 'application/json', 400],
  ['a text for arguments', '{"id":"f1","args":"{}"}', 'application/json', 400],
  ['a prototype in it', '{"id":"f1","args":{"__proto__":{"x":1}}}', 'application/json', 400],
  ['another type', 'id=f1', 'application/x-www-form-urlencoded', 415],
  ['17 KiB', JSON.stringify({ id: 'f1', args: { x: 'x'.repeat(17 * 1024) } }), 'application/json', 413]
]
for (const [title, payload, contentType, status] of bodies) {
  t.test(`a body with ${title} is answered ${status}`, async (t) => {
    const response = await app.inject({ method: 'POST', url: URL, payload, headers: { authorization: `Bearer ${genuine}`, 'content-type': contentType } })
    t.equal(response.statusCode, status)
    t.match(response.json(), { error: { code: 'TOOL_CALL_INVALID', message: 'The tool call could not be read.' } })
  })
}

t.test('any other address is answered in the same shape', async (t) => {
  for (const url of ['/', '/v1/calls/HD_1', '/v1/calls/HD_1/tools/%']) {
    const response = await app.inject({ url })
    t.ok(response.statusCode === 404 || response.statusCode === 400)
    t.match(response.json(), { error: { code: /^TOOL_/, message: /\w/ } })
    t.notMatch(response.body, url === '/' ? 'stack' : url)
  }
})

t.test('health, readiness and metrics are told', async (t) => {
  for (const url of ['/healthz', '/readyz']) t.equal((await app.inject({ url })).statusCode, 200)
  await tool('getTotal', {}, { agent: 'restaurant' })
  t.match((await app.inject({ url: '/metrics' })).body, 'karani_tool_call_seconds_count{tool="getTotal",outcome="ok"} 1')
})

t.test('nothing of all this was written down', async (t) => {
  t.equal(clock.now, NOON)
  t.equal((await db.query('select from business.verification_attempts')).rowCount, 0)
  t.equal((await db.query('select from business.callbacks')).rowCount, 0)
})
