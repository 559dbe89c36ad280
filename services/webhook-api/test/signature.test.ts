import { createHmac } from 'node:crypto'
import t from 'tap'
import fc from 'fast-check'
import { signWebhook } from '@karani/sautikit'
import { build, form, LENDER, metric, postBody, postForm, postJson, ringing, SECRET, ticketIn, TOKEN, unixSeconds } from './helper.ts'

const FORM = 'application/x-www-form-urlencoded'
const body = form(ringing())
const bare = (text: string, secret = SECRET): string => createHmac('sha256', secret).update(text).digest('hex')

t.test('every way to get a signature wrong is refused, and nothing is opened', async (t) => {
  const { app } = await build(t)
  const now = unixSeconds()
  const good = signWebhook(SECRET, body, now)
  const v1 = good.split('v1=')[1]!
  const table: [what: string, header: string | undefined, status: number, payload?: string][] = [
    ['no header', undefined, 401],
    ['an empty header', '', 401],
    ['a word', 'signed', 403],
    ['only the time', `t=${now}`, 403],
    ['only the digest', `v1=${v1}`, 403],
    ['an empty digest', `t=${now},v1=`, 403],
    ['an empty time', `t=,v1=${v1}`, 403],
    ['a time that is no number', `t=now,v1=${v1}`, 403],
    ['a negative time', `t=-${now},v1=${v1}`, 403],
    ['a time in milliseconds', `t=${now}000,v1=${v1}`, 403],
    ['a time with a fraction', `t=${now}.0,v1=${v1}`, 403],
    ['another time', `t=${now - 1},v1=${v1}`, 403],
    ['a digest one digit short', `t=${now},v1=${v1.slice(1)}`, 403],
    ['a digest one digit long', `t=${now},v1=${v1}0`, 403],
    ['a digest cut at half', `t=${now},v1=${v1.slice(0, 32)}`, 403],
    ['a digest of zeros', `t=${now},v1=${'0'.repeat(64)}`, 403],
    ['a digest in capitals', `t=${now},v1=${v1.toUpperCase()}`, 403],
    ['a digest in base64', `t=${now},v1=${Buffer.from(v1, 'hex').toString('base64')}`, 403],
    ['a digest that is no hexadecimal', `t=${now},v1=${'z'.repeat(64)}`, 403],
    ['another version', `t=${now},v2=${v1}`, 403],
    ['another name of the time', `time=${now},v1=${v1}`, 403],
    ['another separator', `t=${now};v1=${v1}`, 403],
    ['another key', signWebhook('another secret', body, now), 403],
    ['an empty key', signWebhook('', body, now), 403],
    ['the token as the key', signWebhook(TOKEN, body, now), 403],
    ['the time first, then the body', `t=${now},v1=${bare(`${now}.${body}`)}`, 403],
    ['the body without the time', `t=${now},v1=${bare(body)}`, 403],
    ['the older form, which can be replayed for ever', bare(body), 403],
    ['another body', good, 403, form(ringing({ callerNumber: '+254700000099' }))],
    ['a body with a byte more', good, 403, `${body}&`],
    ['a body with a byte less', good, 403, body.slice(0, -1)],
    ['no body', good, 403, ''],
    ['the same fields in another order', good, 403, form(Object.fromEntries(Object.entries(ringing()).reverse()))],
    ['five minutes and two seconds old', signWebhook(SECRET, body, now - 302), 403],
    ['a day old', signWebhook(SECRET, body, now - 86_400), 403],
    ['from a minute ahead', signWebhook(SECRET, body, now + 60), 403]
  ]
  for (const [what, header, status, payload = body] of table) {
    const res = await app.inject({ method: 'POST', url: '/voice', headers: { 'content-type': FORM, ...(header !== undefined && { 'x-sautikit-signature': header }) }, payload })
    t.equal(res.statusCode, status, what)
    t.match(res.json(), { error: { code: /^SIGNATURE_(MISSING|INVALID|STALE)$/ } }, what)
  }
  t.strictSame(await app.redis.keys('call:*'), [])
  t.equal(await metric(app, 'karani_webhook_refusals_total{code="SIGNATURE_STALE"}'), 3)
  t.equal(await metric(app, 'karani_webhook_refusals_total{code="SIGNATURE_MISSING"}'), 2)
})

t.test('a change of any byte of a signed body is refused', async (t) => {
  const { app } = await build(t)
  const at = unixSeconds()
  const header = { 'x-sautikit-signature': signWebhook(SECRET, body, at) }
  await fc.assert(fc.asyncProperty(fc.nat({ max: body.length - 1 }), fc.integer({ min: 1, max: 255 }), async (place, change) => {
    const payload = Buffer.from(body)
    payload[place]! ^= change
    t.equal((await postBody(app, FORM, payload, { headers: header })).statusCode, 403)
  }), { numRuns: 100 })
})

t.test('a genuine signature is good for five minutes, in any order of its parts and beside later versions', async (t) => {
  const { app } = await build(t)
  const now = unixSeconds()
  const [time, digest] = signWebhook(SECRET, body, now).split(',') as [string, string]
  for (const header of [`${time},${digest}`, `${digest},${time}`, `${time}, ${digest}`, `${time},v2=abc,${digest}`, signWebhook(SECRET, body, now - 298), signWebhook(SECRET, body, now + 25)]) {
    ticketIn((await postForm(app, ringing(), { headers: { 'x-sautikit-signature': header } })).body)
  }
})

t.test('secrets can be rotated: each of several is good', async (t) => {
  const { app } = await build(t, { SAUTIKIT_SIGNING_SECRETS: 'the new one, the old one' })
  for (const secret of ['the new one', 'the old one']) ticketIn((await postForm(app, ringing(), { secret })).body)
  t.equal((await postForm(app, ringing())).statusCode, 403)
})

t.test('a token in the URL stands in for a signature, also for one that we cannot check', async (t) => {
  const { app } = await build(t)
  for (const signature of ['', 'rubbish', signWebhook('a secret of the carrier', body, 1)]) {
    ticketIn((await postForm(app, ringing(), { url: `/voice/${TOKEN}`, headers: { 'x-sautikit-signature': signature } })).body)
  }
  t.equal((await postJson(app, ringing(), { url: `/events/${TOKEN}`, headers: { 'x-sautikit-signature': '' } })).statusCode, 200)
})

t.test('a wrong token is refused, whatever the signature', async (t) => {
  const { app } = await build(t)
  for (const token of ['x', TOKEN.slice(1), `${TOKEN}0`, TOKEN.toUpperCase(), '%00', 'A'.repeat(100), SECRET.replaceAll(' ', '%20')]) {
    for (const url of [`/voice/${token}`, `/events/${token}`]) {
      const res = await postForm(app, ringing(), { url })
      t.equal(res.statusCode, 403, url)
      t.equal(res.json().error.code, 'WEBHOOK_TOKEN_INVALID')
    }
  }
})

t.test('with tokens alone, no signature is good', async (t) => {
  const { app } = await build(t, { SAUTIKIT_SIGNING_SECRETS: '' })
  t.equal((await postForm(app, ringing(), { secret: '' })).statusCode, 403)
  t.equal((await postForm(app, ringing(), { headers: { 'x-sautikit-signature': '' } })).statusCode, 401)
  ticketIn((await postForm(app, ringing(), { url: `/voice/${TOKEN}` })).body)
})

t.test('on one machine webhooks may be unsigned; a signature that is there must still be good', async (t) => {
  const { app } = await build(t, { SAUTIKIT_SIGNING_SECRETS: '', WEBHOOK_TOKENS: '', ALLOW_UNSIGNED_WEBHOOKS: 'true', PUBLIC_URL: 'http://127.0.0.1:3000' })
  t.match((await postForm(app, ringing(), { headers: { 'x-sautikit-signature': '' } })).body, /<Stream /)
  t.equal((await postForm(app, ringing())).statusCode, 403)
  t.equal((await postForm(app, ringing(), { url: `/voice/${TOKEN}` })).statusCode, 403)
})

t.test('a genuine event is taken however old it is, and counted; its bytes must still be those signed', async (t) => {
  const { app } = await build(t)
  const old = { url: '/events', at: unixSeconds() - 8 * 86_400 }
  t.equal((await postJson(app, ringing(), old)).statusCode, 200)
  t.equal(await metric(app, 'karani_late_events_total'), 1)
  t.equal((await postJson(app, ringing(), { ...old, secret: 'another' })).statusCode, 403)
  t.equal((await postJson(app, ringing({ callerNumber: LENDER }), { url: '/events', headers: { 'x-sautikit-signature': signWebhook(SECRET, JSON.stringify(ringing()), unixSeconds()) } })).statusCode, 403)
})
