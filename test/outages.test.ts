import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tone } from '@karani/audio'
import { recordedPhone, scriptBrain, silentPhone, toneSpeech } from '@karani/simulator'
import pg from 'pg'
import t from 'tap'
import { afterOpening, eventually, heardSpans, loudMs, settledRecord, silence } from './hearing.ts'
import { startWorld } from './world.ts'

t.test('Redis frozen during a call: the call goes on, and its record is written once Redis is back', async (t) => {
  const world = await startWorld(t, { brain: scriptBrain({ speech: [{ say: toneSpeech({ hz: 1_000, ms: 1_000 }) }, { say: toneSpeech({ hz: 1_000, ms: 1_000 }) }] }) })
  const question = tone(440, 500, 16_000)
  const call = await world.ring({ phone: recordedPhone(afterOpening(question, silence(3_000), question, silence(10_000))) })
  const session = await world.gemini.session(1)
  await session.log.until('turn-complete', 1)
  world.stack.redis!.freeze()
  await session.log.until('turn-complete', 2)
  const [, ...replies] = await heardSpans(call, 3)
  call.hangUp()
  await call.ended
  for (const reply of replies) t.ok(Math.abs(loudMs(call.recording.played, reply) - 1_000) < 50, `a whole reply: ${loudMs(call.recording.played, reply)} ms`)

  await t.test('a new caller meanwhile is put through to a member of staff', async (t) => {
    const started = performance.now()
    const second = await world.ring({ phone: silentPhone() })
    const { tookMs, body, status } = await second.log.has('webhook-answered')
    t.equal(status, 200)
    t.match(body, /<Say[^>]*>[^<]+<\/Say>.*<Dial[^>]*timeout="20"[^>]*>.*\+254711222333/s)
    t.ok(tookMs < 500, `answered in ${tookMs.toFixed(0)} ms`)
    await second.log.has('dialled')
    second.hangUp()
    t.ok(performance.now() - started < 10_000)
  })

  world.stack.redis!.thaw()
  const database = new pg.Client({ connectionString: world.stack.settings['DATABASE_URL'] })
  await database.connect()
  t.teardown(async () => await database.end())
  t.match(await settledRecord(database, call.sessionId, row => row.ended_by !== null), { ended_by: 'caller' })
})

/** How tools-service may fail: the answer of a server in its place. */
const failures: Array<[title: string, tool: string, outcome: string, serve: (respond: (status: number, body: string) => void) => void]> = [
  ['answers with an error of its own', 'getAccount', 'TEMPORARILY_UNAVAILABLE', respond => respond(500, '{"error":{"code":"FST_ERR","message":"boom at line 3"}}')],
  ['answers with something that is no JSON', 'getAccount', 'UNAVAILABLE', respond => respond(200, '<html>')],
  ['hangs', 'getAccount', 'TIMEOUT', () => {}],
  ['is not even asked for an unknown function', 'wireMoney', 'UNKNOWN_TOOL', respond => respond(200, '{"output":{}}')]
]

t.test('a tool that fails is answered all the same, exactly once', async (t) => {
  let serve = failures[0]![3]
  const broken = createServer((_request, response) => serve((status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(body)))
  await new Promise<void>(resolve => broken.listen(0, '127.0.0.1', resolve))
  t.teardown(() => { broken.closeAllConnections(); broken.close() })
  const world = await startWorld(t, {
    services: ['webhook-api', 'media-gateway'],
    env: { TOOLS_URL: `http://127.0.0.1:${(broken.address() as AddressInfo).port}` },
    brain: scriptBrain({})
  })
  for (const [title, tool, outcome, answer] of failures) {
    t.test(`tools-service ${title}`, async (t) => {
      serve = answer
      const nth = world.gemini.sessions.length + 1
      world.gemini.next({ createBrain: scriptBrain({ opening: { call: [{ id: 'x', name: tool, args: {} }] } }) })
      const call = await world.ring({ phone: silentPhone() })
      const session = await world.gemini.session(nth)
      const { response, verdict } = await session.log.until('tool-response')
      t.equal(verdict, 'accepted')
      t.match(response, { error: { code: outcome } })
      t.notMatch(JSON.stringify(response), /boom/)
      call.hangUp()
      await call.ended
      t.equal(session.log.all('tool-response').length, 1)
    })
  }
})

t.test('tools-service stopped: the model is told that it is unavailable', async (t) => {
  const world = await startWorld(t, { brain: scriptBrain({ opening: { call: [{ id: 'x', name: 'getAccount', args: {} }] } }) })
  await world.stack.services['tools-service'].kill()
  const call = await world.ring({ phone: silentPhone() })
  const session = await world.gemini.session(1)
  t.match((await session.log.until('tool-response')).response, { error: { code: 'UNAVAILABLE' } })
  call.hangUp()
  await call.ended
  await eventually('the model session to end', () => session.log.all('closed')[0])
})
