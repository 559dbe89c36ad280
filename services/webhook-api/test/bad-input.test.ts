import t from 'tap'
import fc from 'fast-check'
import { build, EMPTY, form, metric, postBody, postForm, postJson, ringing } from './helper.ts'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'
const good = form(ringing())

t.test('a body that cannot be read is a clear refusal', async (t) => {
  const { app } = await build(t)
  const manyFields = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`f${n}`, `${n}`]))
  const table: [what: string, type: string, body: string | Buffer, code: string][] = [
    ['a name that came twice', FORM, `${good}&callerNumber=%2B254700000099`, 'BODY_MALFORMED'],
    ['a name that came twice, once in disguise', FORM, `${good}&caller%4Eumber=%2B254700000099`, 'BODY_MALFORMED'],
    ['a prototype', FORM, `${good}&__proto__=x`, 'BODY_MALFORMED'],
    ['a constructor', FORM, `${good}&constructor=x`, 'BODY_MALFORMED'],
    ['10,000 names', FORM, 'a&'.repeat(8_000) + good, 'BODY_MALFORMED'],
    ['200 names', FORM, form({ ...ringing(), ...manyFields }), 'BODY_MALFORMED'],
    ['nothing', FORM, '', 'WEBHOOK_MALFORMED'],
    ['no call', FORM, form({ callerNumber: '+254712345678', destinationNumber: '+254711000001' }), 'WEBHOOK_MALFORMED'],
    ['no called number', FORM, form({ sessionId: 'HD_1', callerNumber: '+254712345678' }), 'WEBHOOK_MALFORMED'],
    ['a NUL in the identity', FORM, form(ringing({ sessionId: 'HD_1\0' })), 'WEBHOOK_MALFORMED'],
    ['a path as the identity', FORM, form(ringing({ sessionId: '../../etc/passwd' })), 'WEBHOOK_MALFORMED'],
    ['an identity that leaves its key', FORM, form(ringing({ sessionId: 'a}:context' })), 'WEBHOOK_MALFORMED'],
    ['a very long identity', FORM, form(ringing({ sessionId: 'a'.repeat(65) })), 'WEBHOOK_MALFORMED'],
    ['bytes that are no text', FORM, Buffer.from([0xff, 0xfe, 0x00, 0x3d, 0xc3]), 'WEBHOOK_MALFORMED'],
    ['escapes that are none', FORM, '%%%=%zz&sessionId=%', 'WEBHOOK_MALFORMED'],
    ['a form in brackets', FORM, `sessionId[]=HD_1&destinationNumber=${ringing().destinationNumber}`, 'WEBHOOK_MALFORMED'],
    ['half an object', JSON_TYPE, '{"sessionId":', 'BODY_MALFORMED'],
    ['a list', JSON_TYPE, '[]', 'BODY_MALFORMED'],
    ['null', JSON_TYPE, 'null', 'BODY_MALFORMED'],
    ['a number', JSON_TYPE, '1e999', 'BODY_MALFORMED'],
    ['a prototype in JSON', JSON_TYPE, '{"__proto__":{"sessionId":"HD_1"}}', 'BODY_MALFORMED'],
    ['a prototype deep in JSON', JSON_TYPE, '{"data":{"a":{"__proto__":{"polluted":1}}}}', 'BODY_MALFORMED'],
    ['a nesting without end', JSON_TYPE, '['.repeat(16_000), 'BODY_MALFORMED'],
    ['a deep nesting', JSON_TYPE, '{"a":'.repeat(2_500) + '1' + '}'.repeat(2_500), 'BODY_MALFORMED'],
    ['200 names in JSON', JSON_TYPE, JSON.stringify({ ...ringing(), ...manyFields }), 'BODY_MALFORMED'],
    ['an object as the identity', JSON_TYPE, JSON.stringify({ ...ringing(), sessionId: { $ne: null } }), 'WEBHOOK_MALFORMED'],
    ['a list as the identity', JSON_TYPE, JSON.stringify({ ...ringing(), sessionId: ['a', 'b'] }), 'WEBHOOK_MALFORMED'],
    ['half a surrogate pair as the identity', JSON_TYPE, '{"sessionId":"\\ud800","destinationNumber":"+254711000001"}', 'WEBHOOK_MALFORMED']
  ]
  for (const [what, type, body, code] of table) {
    for (const url of ['/voice', '/events']) {
      if (what === 'no called number' && url === '/events') continue // an event need not name it
      const res = await postBody(app, type, body, { url })
      t.equal(res.statusCode, 400, `${what} at ${url}`)
      t.equal(res.json().error.code, code, `${what} at ${url}`)
      t.type(res.json().error.message, 'string')
    }
  }
  t.equal(({} as Record<string, unknown>).polluted, undefined)
  t.strictSame(await app.redis.keys('call:*'), [])
})

t.test('a body is a form or JSON, or is refused, however its type is written', async (t) => {
  const { app } = await build(t)
  const refused = [
    'text/plain', 'text/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencodedx', 'application/json5', 'application/jsonp', 'application/vnd.api+json',
    'application/xml', '*/*', 'application', 'application/', '/json', ';', ' ', 'application/json, text/plain'
  ]
  for (const type of refused) {
    const res = await postBody(app, type, JSON.stringify(ringing()))
    t.equal(res.statusCode, 415, JSON.stringify(type))
    t.match(res.json(), { error: { code: /^FST_ERR_CTP_/, message: 'Unsupported Media Type' } })
  }
  for (const type of [JSON_TYPE, 'application/json; charset=utf-8', 'APPLICATION/JSON', ' application/json', 'application/json\t; charset=utf-8', 'application/json;', 'application/json\u00a0']) {
    const res = await postBody(app, type, JSON.stringify({ ...ringing(), sessionId: 'a b' }))
    t.ok([400, 415].includes(res.statusCode), `${JSON.stringify(type)} does not get around the reading: ${res.statusCode}`)
  }
  const none = await app.inject({ method: 'POST', url: '/voice' })
  t.equal(none.statusCode, 401)
})

t.test('a body over 16 KiB is refused', async (t) => {
  const { app } = await build(t)
  const res = await postForm(app, ringing({ note: 'x'.repeat(16 * 1024) }))
  t.equal(res.statusCode, 413)
  t.equal(res.json().error.code, 'FST_ERR_CTP_BODY_TOO_LARGE')
  t.equal((await postForm(app, ringing({ note: 'x'.repeat(16_000) }))).statusCode, 200)
})

t.test('other methods and paths are refused in the same form', async (t) => {
  const { app } = await build(t)
  for (const [method, url] of [['GET', '/voice'], ['PUT', '/voice'], ['POST', '/'], ['POST', '/voice/a/b'], ['DELETE', '/events'], ['POST', '/v1/campaigns']] as const) {
    const res = await app.inject({ method, url })
    t.equal(res.statusCode, 404)
    t.strictSame(res.json(), { error: { code: 'NOT_FOUND', message: 'Not Found' } })
  }
  t.equal((await app.inject({ method: 'POST', url: '/voice/%zz' })).statusCode, 400)
  t.equal((await app.inject({ method: 'POST', url: `/voice/${'x'.repeat(200)}` })).statusCode, 414)
})

t.test('nothing that the carrier could be made to send is our fault', async (t) => {
  const { app } = await build(t)
  const names = fc.oneof(fc.constantFrom('sessionId', 'CallId', 'callerNumber', 'destinationNumber', 'callSessionState', 'data', 'payload', 'kind', 'durationInSeconds', 'clientRequestId', 'toString', '__proto__'), fc.string())
  const bodies = fc.oneof(
    fc.dictionary(names, fc.string({ unit: 'binary' })).map(fields => [FORM, form(fields)] as const),
    fc.dictionary(names, fc.jsonValue()).map(value => [JSON_TYPE, JSON.stringify({ ...ringing(), ...value })] as const),
    fc.jsonValue().map(value => [JSON_TYPE, JSON.stringify(value)] as const),
    fc.uint8Array({ maxLength: 200 }).map(bytes => [FORM, Buffer.from(bytes)] as const)
  )
  await fc.assert(fc.asyncProperty(bodies, fc.constantFrom('/voice', '/events'), async ([type, body], url) => {
    const res = await postBody(app, type, body, { url })
    t.ok(res.statusCode === 200 || res.statusCode === 400, `${res.statusCode}`)
  }), { numRuns: 300 })
  t.equal(await metric(app, 'karani_voice_fallbacks_total{cause="error"}'), 0)
})

t.test('a value in Redis that somebody spoilt is counted, and the call is answered', async (t) => {
  const { app } = await build(t)
  await app.redis.set('call:{HD_24d73b4518bc}:context', '{"agent":"butcher"}')
  t.match((await postForm(app, ringing())).body, /<Stream /)
  t.equal(await metric(app, 'karani_corrupt_values_total{what="context"}'), 1)
  t.match(await app.callState.contexts.get('HD_24d73b4518bc'), { agent: 'lender' })
})

t.test('a stream edge at the voice URL of a call that was forgotten opens nothing', async (t) => {
  const { app } = await build(t)
  t.equal((await postJson(app, ringing({ callSessionState: 'StreamStopped' }))).body, EMPTY)
  t.equal(await app.callState.contexts.get('HD_24d73b4518bc'), undefined)
})
