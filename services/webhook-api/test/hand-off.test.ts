import t from 'tap'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { CallContexts } from '@karani/call-context'
import { build, CALLER, completed, EMPTY, form, postForm, ringing } from './helper.ts'

const CALL = 'HD_24d73b4518bc'
const RING_STAFF = '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-KE">Please hold the line.</Say>' +
  '<Dial timeout="20" callerId="+254711000001"><Number>+254711222333</Number></Dial><Dial timeout="20" callerId="+254711000001"><Number>+254711222334</Number></Dial>' +
  '<Say language="en-KE">I am sorry, nobody is free right now. Your request is with our team. Goodbye.</Say><Hangup/></Response>'

/** The path that a call in its stream may be moved to. */
async function handOffUrl (app: FastifyInstance): Promise<string> {
  await postForm(app, ringing())
  const { handOffUrl } = (await new CallContexts(app.redis).get(CALL))!
  return handOffUrl!.replace('https://karani.example', '')
}

/** As the carrier comes for it: nobody knows whether it signs. */
const fetchDocument = async (app: FastifyInstance, url: string, fields: Record<string, string> = ringing({ callSessionState: 'Answered' })): Promise<LightMyRequestResponse> =>
  await app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: form(fields) })

t.test('the line\'s staff is rung, one after the other, and whoever holds the stream hears that the carrier came', async (t) => {
  const { app } = await build(t)
  const url = await handOffUrl(app)
  t.notMatch(url, CALLER.slice(1), 'no personal data')
  const { body, statusCode } = await fetchDocument(app, url)
  t.equal(statusCode, 200)
  t.equal(body, RING_STAFF)
  const [[, fields]] = await app.redis.xrange('calls:news', '-', '+') as [[string, string[]]]
  t.match(JSON.parse(fields[1]!), { callId: CALL, kind: 'handed-over' })
})

t.test('asked again it says the same, from another replica too; news of the call is only taken', async (t) => {
  const { app, redis } = await build(t)
  const url = await handOffUrl(app)
  const other = await build(t, {}, redis)
  t.equal((await fetchDocument(app, url)).body, RING_STAFF)
  t.equal((await fetchDocument(other.app, url)).body, RING_STAFF)
  t.equal((await fetchDocument(app, url, completed())).body, EMPTY)
})

t.test('a first request may say that the call is completed: it gets the document all the same', async (t) => {
  const { app } = await build(t)
  t.equal((await fetchDocument(app, await handOffUrl(app), completed())).body, RING_STAFF)
})

t.test('without Redis the document is made of the lines file', async (t) => {
  const { app, redis } = await build(t)
  const url = await handOffUrl(app)
  redis.freeze()
  t.equal((await fetchDocument(app, url)).body, RING_STAFF)
})

t.test('a URL that we did not issue for the call moves nobody', async (t) => {
  const { app } = await build(t)
  const [callId, mac] = (await handOffUrl(app)).split('call=')[1]!.split('.') as [string, string]
  for (const query of ['', '?call=', `?call=${callId}`, `?call=HD_000000000002.${mac}`, `?call=${callId}.${mac}A`, `?call[]=${callId}.${mac}`]) {
    const res = await fetchDocument(app, `/voice/handoff${query}`)
    t.equal(res.statusCode, 403, query)
    t.equal(res.json().error.code, 'CALLBACK_URL_INVALID')
  }
})
