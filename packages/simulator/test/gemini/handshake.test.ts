import t from 'tap'
import WebSocket from 'ws'
import { scriptBrain, toneBrain } from '../../src/gemini/index.ts'
import { connect, PATH, ready, SETUP, start } from './raw-client.ts'

const createBrain = scriptBrain({})

t.test('every path of the service is taken', async (t) => {
  const gemini = await start(t, { createBrain, apiKeys: ['right'] })
  for (const slashes of ['/', '//']) {
    for (const version of ['v1', 'v1beta', 'v1alpha']) {
      const service = `${slashes}ws/google.ai.generativelanguage.${version}.GenerativeService.BidiGenerateContent`
      const targets = version === 'v1alpha' ? [`${service}?key=right`, `${service}Constrained?access_token=auth_tokens/abc`] : [`${service}?key=right`]
      for (const target of targets) {
        const client = await connect(t, gemini, target)
        client.send({ setup: SETUP })
        t.ok(await client.until((json) => json.setupComplete), target)
        client.socket.close()
      }
    }
  }
})

const REFUSED: Array<[string, string, number, RegExp]> = [
  ['a wrong key', `${PATH}?key=wrong`, 1007, /^API key not valid/],
  ['no key', PATH, 1008, /unregistered callers/],
  ['a token on the plain method', `${PATH}?access_token=auth_tokens/abc`, 1008, /unregistered callers/],
  ['a token outside v1alpha', `${PATH}Constrained?access_token=auth_tokens/abc`, 1008, /unregistered callers/],
  ['something else as a token', `${PATH.replace('v1beta', 'v1alpha')}Constrained?access_token=abc`, 1008, /unregistered callers/]
]
for (const [what, target, code, reason] of REFUSED) {
  t.test(`${what} is refused by a close after a successful upgrade`, async (t) => {
    const gemini = await start(t, { createBrain, apiKeys: ['right'] })
    const client = await connect(t, gemini, target)
    const closed = await client.closed
    t.equal(closed.code, code)
    t.match(closed.reason, reason)
    t.ok(Buffer.byteLength(closed.reason) <= 123)
  })
}

t.test('an unknown path is not upgraded', async (t) => {
  const gemini = await start(t, { createBrain })
  const socket = new WebSocket(`${gemini.url}/ws/other?key=k`)
  const error = await new Promise<Error>((resolve) => socket.once('error', resolve))
  t.match(error.message, /404/)
})

t.test('server messages are binary frames of JSON, or text frames where asked', async (t) => {
  for (const frames of ['binary', 'text'] as const) {
    const gemini = await start(t, { createBrain, behaviour: { frames } })
    const client = await ready(t, gemini)
    t.equal(client.received[0]?.binary, frames === 'binary')
  }
})

t.test('client messages may come in binary frames, compressed', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 500, ms: 20 }) })
  const client = await connect(t, gemini)
  t.equal(client.socket.extensions, 'permessage-deflate')
  client.socket.send(Buffer.from(JSON.stringify({ setup: { ...SETUP, systemInstruction: { parts: [{ text: 'long '.repeat(1_000) }] } } })), { binary: true, compress: true })
  t.ok(await client.until((json) => json.setupComplete))
})

t.test('one key has so many sessions at a time', async (t) => {
  const gemini = await start(t, { createBrain, behaviour: { sessionsPerKey: 1 } })
  const first = await ready(t, gemini)
  const second = await connect(t, gemini)
  t.match(await second.closed, { code: 1011, reason: /exceeded your current quota/ })
  const other = await connect(t, gemini, `${PATH}?key=other`)
  other.send({ setup: SETUP })
  t.ok(await other.until((json) => json.setupComplete))
  first.socket.close()
  await (await gemini.session(1)).log.until('closed')
  t.ok(await ready(t, gemini), 'a freed place is taken again')
})
