import { once } from 'node:events'
import { createHash } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { openGeminiSession, type LiveSession } from '@karani/live-model'
import { Inbox } from './inbox.ts'
import { connect, open, OPTIONS, recorder } from './open-session.ts'

async function listen (t: Test, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => { server.close() })
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
}

t.test('a refused setup is told with its code, its reason and what it means', async (t) => {
  const { peer, told } = await connect(t)
  peer.socket.close(1007, 'API key not valid. Please pass a valid API key.')
  t.strictSame(await told.next(), ['onClosed', { code: 1007, reason: 'API key not valid. Please pass a valid API key.', duringSetup: true, kind: 'fatal' }])
})

t.test('a session that the peer closes in mid-call is told as such', async (t) => {
  const { peer, told } = await open(t)
  peer.socket.close(1011, 'Deadline expired before operation could complete.')
  t.match(await told.next(), ['onClosed', { code: 1011, duringSetup: false, kind: 'transient' }])
})

t.test('a connection that breaks without a word has code 1006', async (t) => {
  const { peer, told } = await open(t)
  peer.socket.terminate()
  t.match(await told.next(), ['onClosed', { code: 1006, duringSetup: false, kind: 'transient' }])
})

t.test('a model that nobody can reach has code 0, and the key is not in the reason', async (t) => {
  const { told, handlers } = recorder()
  const server = createServer()
  const url = await listen(t, server)
  server.close()
  await once(server, 'close')
  openGeminiSession({ ...OPTIONS, url }, handlers)
  const [handler, closed] = await told.next()
  t.match([handler, closed], ['onClosed', { code: 0, duringSetup: true, kind: 'transient' }])
  t.notMatch(JSON.stringify(closed), /secret/)
})

t.test('an upgrade that is refused has code 0, and the key is not in the reason', async (t) => {
  const { told, handlers } = recorder()
  const url = await listen(t, createHttpServer((_, response) => response.writeHead(404).end()))
  openGeminiSession({ ...OPTIONS, url }, handlers)
  const [handler, closed] = await told.next()
  t.match([handler, closed], ['onClosed', { code: 0, reason: /404/, duringSetup: true, kind: 'transient' }])
  t.notMatch(JSON.stringify(closed), /secret/)
})

t.test('an address that is none is refused at once, without the key and without a timer', async (t) => {
  const { told, handlers } = recorder()
  const before = process.getActiveResourcesInfo().length
  try {
    openGeminiSession({ ...OPTIONS, url: 'nowhere' }, handlers)
    t.fail('opened')
  } catch (err) {
    t.notMatch(JSON.stringify(err) + String(err), /secret/)
  }
  t.equal(process.getActiveResourcesInfo().length, before)
  t.equal(told.length, 0)
})

const TIMED_OUT = ['onClosed', { code: 0, reason: 'MODEL_CONNECT_TIMEOUT', duringSetup: true, kind: 'transient' }]

t.test('a model that never answers the setup is given up in time', async (t) => {
  const { peer, told } = await connect(t, { connectTimeoutMs: 100 })
  t.strictSame(await told.next(), TIMED_OUT)
  t.equal(await peer.closed, 1000)
  t.equal(told.length, 0)
})

t.test('a peer that never answers the upgrade is given up in time, and its connection is closed', async (t) => {
  const { told, handlers } = recorder()
  const sockets = new Inbox<Socket>()
  const url = await listen(t, createServer(socket => sockets.put(socket)))
  openGeminiSession({ ...OPTIONS, url, connectTimeoutMs: 50 }, handlers)
  const socket = await sockets.next()
  const closed = once(socket.resume(), 'close')
  t.strictSame(await told.next(), TIMED_OUT)
  await closed
})

t.test('a session that is set up is not given up later, and one that is over leaves no timer', async (t) => {
  const timers = (): number => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length
  const before = timers()
  const { session, peer } = await open(t)
  t.equal(timers(), before, 'the connect deadline is gone')
  session.close()
  await peer.closed
  await setImmediate()
  t.equal(timers(), before)
})

t.test('no handler is called after close, whatever the peer still sends', async (t) => {
  const { session, peer, told } = await open(t)
  session.close()
  session.close()
  peer.send({ serverContent: { turnComplete: true } })
  t.equal(await peer.closed, 1000)
  await setImmediate()
  t.equal(told.length, 0)
})

t.test('no handler is called after a close in the middle of a message', async (t) => {
  const { session, peer, told } = await open(t, {}, { onCallerTranscript: () => session.close() })
  peer.send({ serverContent: { inputTranscription: { text: 'bye' }, turnComplete: true }, toolCall: { functionCalls: [{ id: 'call-1', name: 'endCall' }] } })
  t.strictSame(await told.next(), ['onCallerTranscript', 'bye'])
  await peer.closed
  t.equal(told.length, 0)
})

t.test('closing before the connection is made ends it without a word', async (t) => {
  const { told, handlers } = recorder()
  const sockets = new Inbox<Socket>()
  const url = await listen(t, createServer(socket => sockets.put(socket)))
  const session = openGeminiSession({ ...OPTIONS, url }, handlers)
  const socket = await sockets.next()
  const closed = once(socket.resume(), 'close')
  session.close()
  await closed
  t.equal(told.length, 0)
})

t.test('what is sent to a session that is over goes nowhere', async (t) => {
  const { session, peer } = await open(t)
  const use = (session: LiveSession): void => {
    session.sendAudio(new Uint8Array(640))
    session.sendText('Hello?')
    session.answerTools([{ id: 'call-1', name: 'getAccount', response: { output: {} } }])
  }
  session.close()
  use(session)
  await peer.closed
  use(session)
  t.equal(peer.frames.length, 1, 'the setup alone')
})

t.test('a peer that does not answer the close is cut off', async (t) => {
  const { told, handlers } = recorder()
  const sockets = new Inbox<Socket>()
  const server = createHttpServer()
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
    sockets.put(socket as Socket)
  })
  const url = await listen(t, server)
  const session = openGeminiSession({ ...OPTIONS, url }, handlers)
  const socket = await sockets.next()
  await once(socket, 'data') // the setup: the session is up
  t.teardown(() => { socket.destroy() })
  const cut = once(socket.resume(), 'end')
  session.close()
  await cut
  t.equal(told.length, 0)
})
