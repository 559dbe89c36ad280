import t from 'tap'
import { openGeminiSession } from '@karani/live-model'
import { startPeer } from './gemini-peer.ts'
import { connect, open, OPTIONS, recorder } from './open-session.ts'

t.test('the session opens at the v1beta path with the key in the query and without compression', async (t) => {
  const { peer } = await connect(t)
  const address = new URL(peer.request.url ?? '', 'ws://localhost')
  t.equal(address.pathname, '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent')
  t.equal(address.searchParams.get('key'), OPTIONS.apiKey)
  t.equal(peer.request.headers['sec-websocket-extensions'], undefined)
})

t.test('the first message is the setup, and nothing follows it before it is answered', async (t) => {
  const { session, peer, told } = await connect(t)
  t.equal((await peer.received.next()).setup.model, 'models/gemini-3.8-live')
  session.sendText('Greet the caller.')
  session.sendAudio(new Uint8Array(640))
  peer.send({ setupComplete: { sessionId: 's' } })
  t.strictSame(await told.next(), ['onReady'])
  session.sendText('Say hello.')
  t.match(peer.frames, [/setup/], 'still nothing else')
  t.ok((await peer.received.next()).realtimeInput.audio, 'what the caller said meanwhile')
  t.strictSame(await peer.received.next(), { realtimeInput: { text: 'Say hello.' } })
})

t.test('a setup that is not there yet is awaited beside the connection, and sent when it comes', async (t) => {
  let come = (_: typeof OPTIONS.setup): void => {}
  const { peer, told, session } = await connect(t, { setup: new Promise(resolve => { come = resolve }) })
  session.sendAudio(new Uint8Array(640))
  t.strictSame(peer.frames, [], 'nothing precedes the setup')
  come({ ...OPTIONS.setup, instructions: 'You know of a parcel.' })
  t.match(await peer.acceptSetup(), { systemInstruction: { parts: [{ text: 'You know of a parcel.' }] } })
  t.strictSame(await told.next(), ['onReady'])
  t.ok((await peer.received.next()).realtimeInput.audio, 'what the caller said meanwhile')
})

t.test('a setup that never comes, or fails, ends the session', async (t) => {
  const late = await connect(t, { setup: new Promise(() => {}), connectTimeoutMs: 200 })
  t.match(await late.told.next(), ['onClosed', { reason: 'MODEL_CONNECT_TIMEOUT', kind: 'transient', duringSetup: true }])
  const { told, handlers } = recorder()
  openGeminiSession({ ...OPTIONS, url: 'ws://127.0.0.1:1', setup: Promise.reject(new Error('no such agent')) }, handlers)
  t.match(await told.next(), ['onClosed', { reason: 'MODEL_SETUP_FAILED', kind: 'transient', duringSetup: true }])
})

t.test('a setup that is confirmed twice makes the session ready once', async (t) => {
  const { peer, told } = await open(t)
  peer.send({ setupComplete: {} })
  peer.send({ serverContent: { turnComplete: true } })
  t.strictSame(await told.next(), ['onTurnComplete'])
})

t.test('what a model says before the session is set up is dropped and counted', async (t) => {
  const { peer, told, session } = await connect(t)
  await peer.received.next()
  peer.send({ serverContent: { modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: 'AAA=' } }] } }, toolCall: { functionCalls: [{ id: '1', name: 'endCall', args: {} }] } })
  peer.send({ setupComplete: {}, serverContent: { outputTranscription: { text: 'Hello' } } })
  t.strictSame([await told.next(), await told.next(), await told.next()], [['onMalformed', 'MODEL_MESSAGE_EARLY'], ['onReady'], ['onClerkTranscript', 'Hello']])
  session.close()
})

t.test('a model that calls and does not read is given up before its answers fill the memory', async (t) => {
  const { peer, told, session } = await open(t)
  peer.socket.pause()
  const answer = { id: '1', name: 'getAccount', response: { output: 'x'.repeat(100_000) } }
  for (let n = 0; n < 200; n++) session.answerTools([answer])
  const [, closed] = await told.find(([handler]) => handler === 'onClosed')
  t.match(closed, { reason: 'MODEL_NOT_READING', kind: 'transient' })
})

t.test('messages are understood in binary and in text frames', async (t) => {
  const { peer, told } = await open(t)
  const message = JSON.stringify({ serverContent: { inputTranscription: { text: 'Habari ✓' } } })
  peer.socket.send(Buffer.from(message))
  peer.socket.send(message)
  t.strictSame(await told.next(), ['onCallerTranscript', 'Habari ✓'])
  t.strictSame(await told.next(), ['onCallerTranscript', 'Habari ✓'])
})

t.test('a burst of several seconds in one message is heard whole', async (t) => {
  const { peer, told } = await open(t)
  const pcm = Buffer.alloc(30 * 48_000, 7)
  peer.send({ serverContent: { modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: pcm.toString('base64') } }] } } })
  const [, heard] = await told.next()
  t.ok(pcm.equals(heard))
})

const scheduling = [
  { model: 'gemini-3.8-live', scheduling: 'WHEN_IDLE' },
  { model: 'gemini-3.8-live-extended-thinking', scheduling: undefined },
  { model: 'gemini-3.1-flash-live-preview', scheduling: undefined }
]
for (const { model, scheduling: expected } of scheduling) {
  t.test(`${model} gets the results of its functions with scheduling ${expected}`, async (t) => {
    const { session, peer, told } = await open(t, { model })
    peer.send({ toolCall: { functionCalls: [{ id: 'call-1', name: 'getAccount', args: {} }, { id: 'call-2', name: 'getMenu' }] } })
    const [, calls] = await told.next()
    t.strictSame(calls, [{ id: 'call-1', name: 'getAccount', args: {} }, { id: 'call-2', name: 'getMenu', args: {} }])
    session.answerTools([])
    session.answerTools([
      { id: 'call-1', name: 'getAccount', response: { output: { balance: 2_000 } } },
      { id: 'call-2', name: 'getMenu', response: { error: 'No such tool.' } }
    ])
    const extra = expected === undefined ? {} : { scheduling: expected }
    t.strictSame(await peer.received.next(), {
      toolResponse: {
        functionResponses: [
          { id: 'call-1', name: 'getAccount', response: { output: { balance: 2_000 } }, ...extra },
          { id: 'call-2', name: 'getMenu', response: { error: 'No such tool.' }, ...extra }
        ]
      }
    })
  })
}

t.test('an unreadable message is dropped and counted, and the call goes on', async (t) => {
  const { peer, told } = await open(t)
  peer.socket.send('{"serverContent":')
  peer.send({ serverContent: { turnComplete: true } })
  t.strictSame(await told.next(), ['onMalformed', 'MODEL_MESSAGE_UNREADABLE'])
  t.strictSame(await told.next(), ['onTurnComplete'])
})

t.test('the third unreadable message in a row ends the session as transient', async (t) => {
  const { peer, told } = await open(t)
  for (let n = 0; n < 4; n++) peer.socket.send('{')
  for (let n = 0; n < 3; n++) t.strictSame(await told.next(), ['onMalformed', 'MODEL_MESSAGE_UNREADABLE'])
  t.strictSame(await told.next(), ['onClosed', { code: 4008, reason: 'MODEL_MESSAGES_UNREADABLE', duringSetup: false, kind: 'transient' }])
  t.equal(await peer.closed, 1000)
  t.equal(told.length, 0)
})

t.test('a message beyond the size limit ends the session as transient', async (t) => {
  const { peer, told } = await open(t)
  peer.socket.send(Buffer.alloc(4 * 1024 * 1024 + 1, 0x20))
  t.match(await told.next(), ['onClosed', { duringSetup: false, kind: 'transient' }])
})

t.test('a handler that throws ends its own session and nothing else', async (t) => {
  const cause = new Error('a bug in the gateway')
  const { peer, told } = await open(t, {}, { onCallerTranscript: () => { throw cause } })
  peer.send({ serverContent: { inputTranscription: { text: 'hello' }, turnComplete: true } })
  t.strictSame(await told.next(), ['onCallerTranscript', 'hello'])
  t.strictSame(await told.next(), ['onClosed', { code: 4011, reason: 'MODEL_HANDLER_FAILED', duringSetup: false, kind: 'transient', cause }])
  await peer.closed
  t.equal(told.length, 0, 'the rest of the message is not told')
})

t.test('not even the last handler can throw its way out', async (t) => {
  const { peer, told } = await open(t, {}, { onClosed: () => { throw new Error('a bug in the gateway') } })
  peer.socket.close(1011, 'Internal error encountered.')
  t.match(await told.next(), ['onClosed', { code: 1011 }])
  await peer.closed
})

t.test('two sessions do not hear each other', async (t) => {
  const { url, sessions } = await startPeer(t)
  const [a, b] = [recorder(), recorder()]
  const sessionA = openGeminiSession({ ...OPTIONS, url }, a.handlers)
  const peerA = await sessions.next()
  const sessionB = openGeminiSession({ ...OPTIONS, url }, b.handlers)
  const peerB = await sessions.next()
  t.teardown(() => { sessionA.close(); sessionB.close() })
  peerA.send({ setupComplete: {} })
  peerB.send({ setupComplete: {} })
  t.strictSame([await a.told.next(), await b.told.next()], [['onReady'], ['onReady']])
  peerA.send({ serverContent: { outputTranscription: { text: 'for A' } } })
  peerB.send({ serverContent: { outputTranscription: { text: 'for B' } } })
  t.strictSame([await a.told.next(), await b.told.next()], [['onClerkTranscript', 'for A'], ['onClerkTranscript', 'for B']])
})
