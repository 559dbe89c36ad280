import t, { type Test } from 'tap'
import type { FastifyInstance } from 'fastify'
import { build, CALLER, EMPTY, form, postForm, ringing, TOKEN } from './helper.ts'
import { recordsOf } from './records.ts'

/** The path that the carrier is given for this call. */
async function statusUrlOf (app: FastifyInstance, sessionId = 'HD_24d73b4518bc', url = '/voice'): Promise<string> {
  const { body } = await postForm(app, ringing({ sessionId }), { url })
  return /https:\/\/karani\.example(\/voice\/stream-status\?call=[^"]+)"/.exec(body)![1]!
}

const status = (fields: Record<string, string> = {}): string => form({ callSessionState: 'StreamStarted', streamSid: 's1', ...fields })
const postStatus = async (app: FastifyInstance, url: string, payload = status()) => await app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload })

t.test('the carrier tells how a stream goes without a signature, at the URL that we issued', async (t) => {
  const { app, redis } = await build(t)
  const url = await statusUrlOf(app)
  t.notMatch(url, CALLER.slice(1), 'no personal data')
  for (const callSessionState of ['StreamStarted', 'StreamStopped', 'StreamStopped']) {
    const res = await postStatus(app, url, status({ callSessionState }))
    t.equal(res.statusCode, 200)
    t.equal(res.body, EMPTY)
  }
  t.match(await recordsOf(t, redis).view('HD_24d73b4518bc'), { status: 'answered' })
})

t.test('the URL says which call it is, whatever the body says', async (t) => {
  const { app, redis } = await build(t)
  const url = await statusUrlOf(app)
  t.equal((await postStatus(app, url, status({ sessionId: 'HD_000000000002', call_id: 'HD_000000000003' }))).statusCode, 200)
  const { view } = recordsOf(t, redis)
  t.match(await view('HD_24d73b4518bc'), { status: 'answered' })
  t.match(await view('HD_000000000002'), { status: 'unknown' })
  t.match(await view('HD_000000000003'), { status: 'unknown' })
})

t.test('a URL that we did not issue for the call is refused', async (t: Test) => {
  const { app } = await build(t)
  const url = await statusUrlOf(app)
  const [callId, mac] = url.split('call=')[1]!.split('.') as [string, string]
  const forged = [
    '', '?call=', `?call=${callId}`, `?call=${callId}.`, `?call=.${mac}`, `?call=HD_000000000002.${mac}`, `?call=${callId}.${mac.slice(1)}`, `?call=${callId}.${mac}A`,
    `?call=${callId}.${mac}.${mac}`, `?call=${callId}.${'A'.repeat(43)}`, `?call=${callId}.${mac}%00`, `?call=${callId}.${mac}&call=${callId}.${mac}`, `?call[]=${callId}.${mac}`, `?call=%ff.${mac}`
  ]
  for (const query of forged) {
    const res = await postStatus(app, `/voice/stream-status${query}`)
    t.equal(res.statusCode, 403, query)
    t.equal(res.json().error.code, 'CALLBACK_URL_INVALID')
  }
})

t.test('URLs survive a rotation of secrets, and end with the secret that made them', async (t) => {
  const before = await build(t, { SAUTIKIT_SIGNING_SECRETS: '', WEBHOOK_TOKENS: TOKEN })
  const url = await statusUrlOf(before.app, 'HD_24d73b4518bc', `/voice/${TOKEN}`)
  const during = await build(t, { SAUTIKIT_SIGNING_SECRETS: 'the new one', WEBHOOK_TOKENS: `${'B'.repeat(32)},${TOKEN}` })
  t.equal((await postStatus(during.app, url)).statusCode, 200)
  const after = await build(t, { SAUTIKIT_SIGNING_SECRETS: 'the new one', WEBHOOK_TOKENS: 'B'.repeat(32) })
  t.equal((await postStatus(after.app, url)).statusCode, 403)
})

t.test('a URL of a process that has no secret is good in that process alone', async (t) => {
  const unsigned = { SAUTIKIT_SIGNING_SECRETS: '', WEBHOOK_TOKENS: '', ALLOW_UNSIGNED_WEBHOOKS: 'true', PUBLIC_URL: 'http://127.0.0.1:3000' }
  const [one, other] = [await build(t, unsigned), await build(t, unsigned)]
  const { body } = await postForm(one.app, ringing(), { headers: { 'x-sautikit-signature': '' } })
  const url = /http:\/\/127\.0\.0\.1:3000([^"]+)"/.exec(body)![1]!
  t.equal((await postStatus(one.app, url)).statusCode, 200)
  t.equal((await postStatus(other.app, url)).statusCode, 403)
})
