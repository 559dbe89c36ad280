import t from 'tap'
import { build, CALLER, completed, form, postBody, postForm, postJson, ringing, SECRET, ticketIn, TOKEN } from './helper.ts'

t.test('a call leaves no number, token, ticket, seal, secret or label in the log, at any level', async (t) => {
  const { app, redis, log } = await build(t, { LOG_LEVEL: 'trace' })
  const label = 'loan-4711-of-jane'
  await app.callState.contexts.open({
    callId: label, clientRequestId: label, direction: 'outbound', agent: 'lender', line: '+254711000001', businessName: 'Tumaini Credit', caller: CALLER, language: 'en-KE', openedAt: new Date().toISOString()
  })
  const first = await postForm(app, ringing(), { url: `/voice/${TOKEN}?clientRequestId=${label}` })
  const ticket = ticketIn(first.body)
  const statusPath = /https:\/\/karani\.example([^"]+)"/.exec(first.body)![1]!
  await app.inject({ method: 'POST', url: statusPath, headers: { 'content-type': 'application/json' }, payload: '{"callSessionState":"StreamStarted"}' })
  await postForm(app, completed(), { url: `/voice/${TOKEN}` })
  await postJson(app, completed(), { url: `/events/${TOKEN}` })
  for (const url of [`/voice/${TOKEN}x`, `/voice/${TOKEN}/x`, `/voice/${TOKEN}%zz`, `/voice/${TOKEN}${'x'.repeat(100)}`, `/nothing/${TOKEN}`, `/voice?secret=${TOKEN}`, `${statusPath}x`]) await postForm(app, ringing(), { url })
  await postBody(app, `text/${TOKEN}`, CALLER)
  await postBody(app, 'application/json', `{"${CALLER}`)
  await postForm(app, ringing({ sessionId: `${CALLER} ${TOKEN}` }))
  await postForm(app, ringing(), { secret: 'forged' })
  await redis.kill()
  await postForm(app, ringing({ sessionId: 'HD_000000000009' }), { url: `/voice/${TOKEN}?clientRequestId=${label}` })
  await postJson(app, completed(), { url: `/events/${TOKEN}` })

  const text = log.join('')
  t.match(text, /HD_24d73b4518bc/, 'the call can be followed')
  t.match(text, /"route":"\/voice\/:token"/)
  t.match(text, /redis is unreachable/)
  for (const canary of [CALLER, CALLER.slice(1), CALLER.slice(4), encodeURIComponent(CALLER), TOKEN, ticket, statusPath.split('.')[1]!, SECRET, label, '254711000001']) t.notOk(text.includes(canary), `no ${canary}`)
  for (const line of log) t.doesNotThrow(() => JSON.parse(line), 'each line is one JSON object')
  t.notOk((await app.inject('/metrics')).body.includes(CALLER.slice(1)))
})

t.test('what is refused is not repeated to who sent it', async (t) => {
  const { app } = await build(t)
  for (const res of [
    await postBody(app, 'text/evil', 'x'),
    await app.inject({ method: 'POST', url: '/voice/evil%zz' }),
    await app.inject({ method: 'POST', url: `/voice/${'evil'.repeat(40)}` }),
    await app.inject({ method: 'POST', url: '/evil' }),
    await postBody(app, 'application/json', '{"evil'),
    await postForm(app, { evil: form({ evil: 'evil' }) })
  ]) t.notMatch(res.body, /evil/)
})
