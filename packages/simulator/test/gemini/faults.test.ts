import { once } from 'node:events'
import { createConnection } from 'node:net'
import t from 'tap'
import WebSocket from 'ws'
import { CLOSES, hugeMessage, ONE_BURST, scriptBrain, startGemini, STRANGE, toneBrain, toneSpeech, type CreateBrain, type Fault } from '../../src/gemini/index.ts'
import { connect, PATH, ready, SETUP, start } from './raw-client.ts'

const createBrain = toneBrain({ hz: 1_000, ms: 500 })

t.test('the TCP connection is reset', async (t) => {
  const gemini = await start(t, { createBrain })
  gemini.next({ fault: { at: 'connect' } })
  const [error] = await once(new WebSocket(`${gemini.url}${PATH}?key=k`), 'error') as [NodeJS.ErrnoException]
  t.equal(error.code, 'ECONNRESET')
  t.ok(await ready(t, gemini), 'and the next one is not')
})

t.test('the upgrade is refused, or never answered', async (t) => {
  const gemini = await start(t, { createBrain })
  gemini.next({ fault: { at: 'upgrade', status: 503 } })
  const [error] = await once(new WebSocket(`${gemini.url}${PATH}?key=k`), 'error') as [Error]
  t.match(error.message, /503/)
  gemini.next({ fault: { at: 'upgrade', status: 'never' } })
  const patient = new WebSocket(`${gemini.url}${PATH}?key=k`, { handshakeTimeout: 50 })
  t.match(await once(patient, 'error'), [{ message: /timed out/ }])
})

t.test('a closed emulator refuses connections', async (t) => {
  const gemini = await startGemini({ createBrain })
  const client = await ready(t, gemini)
  await gemini.close()
  t.match(await client.closed, { code: 1006 })
  const { port } = new URL(gemini.url)
  t.match(await once(createConnection(Number(port), '127.0.0.1'), 'error'), [{ code: 'ECONNREFUSED' }])
})

const ENDS: Array<[string, Fault, number, RegExp, boolean]> = [
  ['closes at setup', { at: 'setup', mishap: CLOSES.quota }, 1011, /quota/, false],
  ['drops at setup', { at: 'setup', mishap: { do: 'drop' } }, 1006, /^$/, false],
  ['closes when ready', { at: 'ready', mishap: CLOSES.notImplemented }, 1008, /not implemented/, true],
  ['closes in mid-speech', { at: 'speech', afterMs: 100, mishap: CLOSES.internalError }, 1011, /Internal error/, true],
  ['drops in mid-speech', { at: 'speech', afterMs: 100, mishap: { do: 'drop' } }, 1006, /^$/, true]
]
for (const [what, fault, code, reason, becameReady] of ENDS) {
  t.test(`a session ${what}`, async (t) => {
    const gemini = await start(t, { createBrain, behaviour: { chunkBytes: [2_400], speed: 10 } })
    gemini.next({ fault })
    const client = await connect(t, gemini)
    client.send({ setup: SETUP })
    client.speak()
    t.match(await client.closed, { code, reason })
    t.equal(client.received.some(({ json }) => json.setupComplete), becameReady)
    t.ok(client.speech().length <= 2_400, 'at most 100 ms were said')
    t.match(await (await gemini.session(1)).log.until('closed'), { code })
  })
}

t.test('a session accepts the setup and never says so', async (t) => {
  const gemini = await start(t, { createBrain })
  gemini.next({ fault: { at: 'setup', mishap: { do: 'stall' } } })
  const client = await connect(t, gemini)
  client.send({ setup: SETUP })
  await (await gemini.session(1)).log.until('setup')
  client.socket.ping()
  await once(client.socket, 'pong')
  t.same(client.received, [])
})

t.test('a session stalls in mid-speech and stays open', async (t) => {
  const gemini = await start(t, { createBrain, behaviour: { chunkBytes: [2_400] } })
  gemini.next({ fault: { at: 'speech', afterMs: 100, mishap: { do: 'stall' } } })
  const client = await ready(t, gemini)
  client.speak()
  await (await gemini.session(1)).log.until('turn-complete')
  t.equal(client.speech().length, 2_400)
  t.equal(client.socket.readyState, WebSocket.OPEN)
})

for (const [what, mishap] of [...Object.entries(STRANGE), ['huge', hugeMessage(5_000_000)] as const]) {
  t.test(`a strange message (${what}) comes in mid-speech, and the speech goes on`, async (t) => {
    const gemini = await start(t, { createBrain, behaviour: { turnComplete: 'at-once' } })
    gemini.next({ fault: { at: 'speech', afterMs: 100, mishap } })
    const client = await ready(t, gemini)
    client.speak()
    await client.until((json) => json.serverContent?.generationComplete)
    t.ok(client.received.some(({ text }) => text === Buffer.from(mishap.do === 'send' ? mishap.data : '').toString()))
    t.equal(client.speech().length, 12_000)
  })
}

t.test('a plan is for one connection, with its own behaviour and brain', async (t) => {
  const gemini = await start(t, { createBrain, behaviour: ONE_BURST })
  gemini.next({ behaviour: { chunkBytes: [480] }, createBrain: toneBrain({ hz: 500, ms: 20 }) })
  for (const sizes of [[480, 480], [24_000]]) {
    const client = await ready(t, gemini)
    client.speak()
    await client.untilTurnComplete()
    t.same(client.chunks().map(({ length }) => length), sizes)
  }
})

const FAILING: Array<[string, CreateBrain]> = [
  ['cannot be made', () => { throw new Error('no mind') }],
  ['cannot be made in the end', async () => { throw new Error('no mind') }],
  ['throws in a handler', () => ({ onSpeechEnd: () => { throw new Error('lost') } })],
  ['rejects in a handler', () => ({ onSpeechEnd: async () => { throw new Error('lost') } })],
  ['throws on audio', () => ({ onAudio: () => { throw new Error('deaf') } })],
  ['fails while it speaks', () => ({
    onSpeechEnd: async (turn) => {
      const broken = async function * (): AsyncGenerator<Int16Array> {
        yield new Int16Array(480)
        throw new Error('hoarse')
      }
      await turn.say({ audio: broken() })
    }
  })]
]
for (const [what, createBrain] of FAILING) {
  t.test(`a brain that ${what} ends its own session with 1011 and no other`, async (t) => {
    const gemini = await start(t, { createBrain: toneBrain({ hz: 500, ms: 20 }) })
    const other = await ready(t, gemini)
    gemini.next({ createBrain })
    const client = await connect(t, gemini)
    client.send({ setup: SETUP })
    client.speak()
    t.match(await client.closed, { code: 1011, reason: /Internal error/ })
    const { log } = await gemini.session(2)
    t.match(log.all('brain-failed'), [{ error: { message: String } }])
    other.speak()
    t.ok(await other.untilTurnComplete())
  })
}

t.test('the brain learns that the connection ended, and what it says afterwards is lost', async (t) => {
  let closed!: () => void
  const ended = new Promise<void>((resolve) => { closed = resolve })
  let said: Promise<void> | undefined
  const createBrain: CreateBrain = () => ({
    onSpeechEnd: async (turn) => { said = turn.say(toneSpeech({ hz: 500, ms: 5_000 })) },
    close: () => closed()
  })
  const gemini = await start(t, { createBrain, behaviour: { speed: 1 } })
  const client = await ready(t, gemini)
  client.speak()
  await client.until((json) => json.serverContent?.modelTurn)
  client.socket.close()
  await ended
  await said
  t.same((await gemini.session(1)).log.all('generation-complete'), [])
})

t.test('a connection ends at its lifetime, with a notice before', async (t) => {
  const gemini = await start(t, { createBrain, behaviour: { lifetimeMs: 80, goAwayMs: 60 } })
  const client = await ready(t, gemini)
  const { json } = await client.until((json) => json.goAway)
  t.equal(json.goAway?.timeLeft, '0.06s')
  t.match(await client.closed, { code: 1011, reason: /^Deadline expired/ })
})

t.test('a connection may end without a notice', async (t) => {
  const gemini = await start(t, { createBrain, behaviour: { lifetimeMs: 40, goAwayMs: null } })
  const client = await ready(t, gemini)
  t.match(await client.closed, { code: 1011, reason: /^Deadline expired/ })
  t.same(client.story(), ['setupComplete'])
})

t.test('pongs can be slow', async (t) => {
  const gemini = await start(t, { createBrain, behaviour: { pongMs: 60 } })
  const client = await ready(t, gemini)
  const sentMs = performance.now()
  client.socket.ping()
  await once(client.socket, 'pong')
  t.ok(performance.now() - sentMs >= 59)
})

t.test('resumption handles come soon and after each turn, not during one', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain({ speech: [{ say: toneSpeech({ hz: 500, ms: 20 }) }] }) })
  const client = await ready(t, gemini, { sessionResumption: {} })
  client.speak()
  await client.until((json) => json.sessionResumptionUpdate, 3)
  const updates = client.received.flatMap(({ json }) => json.sessionResumptionUpdate ?? [])
  t.match(updates, [{ resumable: true, newHandle: /.{20}/ }, { resumable: false, newHandle: '' }, { resumable: true, newHandle: /.{20}/ }])
  t.not(updates[0]?.newHandle, updates[2]?.newHandle)

  const handle = updates[2]?.newHandle
  const hasty = await connect(t, gemini)
  hasty.send({ setup: { ...SETUP, sessionResumption: { handle } } })
  t.match(await hasty.closed, { code: 1011 }, 'the old connection is still open')
  client.socket.close()
  await (await gemini.session(1)).log.until('closed')
  t.ok(await ready(t, gemini, { sessionResumption: { handle } }))
})

t.test('a client that does not read is dropped', async (t) => {
  const endless = scriptBrain({ texts: [{ say: { audio: new Int16Array(24_000 * 600) } }] }) // more than the kernel will hold
  const gemini = await start(t, { createBrain: endless, behaviour: { chunkBytes: [48_000], maxUnsentBytes: 100_000 } })
  const client = await ready(t, gemini)
  client.send({ realtimeInput: { text: 'Go on.' } })
  client.socket.pause()
  t.match(await (await gemini.session(1)).log.until('closed'), { code: 1006 })
})
