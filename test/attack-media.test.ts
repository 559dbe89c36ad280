import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { sinadDb } from '@karani/audio'
import { CallContexts, StreamTickets } from '@karani/call-context'
import { scriptBrain, silentPhone, toneSpeech } from '@karani/simulator'
import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { WebSocket } from 'ws'
import { eventually, loudSpans } from './hearing.ts'
import { LENDER_LINE } from './lines.ts'
import { startWorld } from './world.ts'

const SPEECH_MS = 15_000
const PROTOCOL = 'audio.drachtio.org'

interface Frame { readonly first: number, readonly payload?: Buffer, readonly masked?: boolean, readonly length?: number }

/** One WebSocket frame, right or wrong. `first` is its first byte: FIN, RSV and opcode. */
function frame ({ first, payload = Buffer.alloc(0), masked = true, length = payload.length }: Frame): Buffer {
  const mask = masked ? randomBytes(4) : Buffer.alloc(0)
  const head = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 255] : [127, ...Buffer.from(length.toString(16).padStart(16, '0'), 'hex')]
  const body = masked ? payload.map((byte, i) => byte ^ mask[i % 4]!) : payload
  return Buffer.concat([Buffer.from([first, (masked ? 0x80 : 0) | head[0]!, ...head.slice(1)]), mask, body])
}

/** What is wrong on the wire, and the code with which its own socket is closed. */
const broken: Array<[title: string, bytes: Buffer, code: number]> = [
  ['an unmasked frame', frame({ first: 0x82, payload: Buffer.alloc(640), masked: false }), 1002],
  ['a reserved bit', frame({ first: 0xc2, payload: Buffer.alloc(640) }), 1002],
  ['an opcode that does not exist', frame({ first: 0x83, payload: Buffer.alloc(2) }), 1002],
  ['a ping in fragments', frame({ first: 0x09, payload: Buffer.from('x') }), 1002],
  ['a continuation of nothing', frame({ first: 0x80, payload: Buffer.alloc(2) }), 1002],
  ['text that is not UTF-8', frame({ first: 0x81, payload: Buffer.from([0x7b, 0xff, 0xfe, 0xc0]) }), 1007],
  ['a message longer than five seconds', frame({ first: 0x82, payload: Buffer.alloc(10), length: 160_002 }), 1009],
  ['the announcement of 4 GB', frame({ first: 0x82, payload: Buffer.alloc(10), length: 2 ** 32 }), 1009],
  ['a message in a thousand pieces', Buffer.concat([frame({ first: 0x02, payload: Buffer.alloc(1) }), ...Array.from({ length: 1_000 }, () => frame({ first: 0x00, payload: Buffer.alloc(1) }))]), 1008]
]

t.test('what is malformed ends its own socket at most', async (t) => {
  const world = await startWorld(t, {
    services: ['webhook-api', 'media-gateway'],
    env: { MAX_CALLS: '3', LOG_LEVEL: 'trace' },
    brain: scriptBrain({ opening: { say: toneSpeech({ hz: 1_000, ms: SPEECH_MS }) } })
  })
  const gateway = world.stack.services['media-gateway']
  const redis = new Redis(world.stack.settings['REDIS_URL']!)
  t.teardown(() => redis.disconnect())
  const tickets: string[] = []

  async function ticket (): Promise<string> {
    const callId = `HD_${randomBytes(6).toString('hex')}`
    await new CallContexts(redis).open({ callId, direction: 'inbound', agent: 'lender', line: LENDER_LINE, businessName: 'Tumaini Credit', caller: null, language: 'en-KE', openedAt: new Date().toISOString() })
    const ticket = await new StreamTickets(redis).mint(callId)
    tickets.push(ticket)
    return ticket
  }
  /** The status of a handshake, and its socket. */
  async function handshake (t: Test, ticket: string): Promise<{ status: number, socket: WebSocket }> {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/audio/${ticket}`, [PROTOCOL])
    t.teardown(() => socket.terminate())
    socket.on('error', () => {})
    return { socket, status: await Promise.race([once(socket, 'open').then(() => 101), once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number)]) }
  }
  const metric = async (name: string): Promise<number> => Number((await (await fetch(`${gateway.url}/metrics`)).text()).split('\n').find(line => line.startsWith(name))?.split(' ').at(-1) ?? 0)
  const emptied = async (others: number): Promise<void> => { await eventually('the attackers\' calls to end', async () => await metric('karani_calls_live') === others ? true : undefined) }

  const healthy = await world.ring({ phone: silentPhone() })
  await healthy.log.has('audio-received')

  for (const [title, bytes, code] of broken) {
    t.test(`${title}: ${code}`, async (t) => {
      const socket = await upgraded(t, gateway.port, await ticket())
      socket.write(bytes)
      t.equal(await closeCode(socket), code)
      await emptied(1)
    })
  }

  t.test('odd and tiny frames, text that looks like audio and audio that looks like text cost nothing', async (t) => {
    const { socket } = await handshake(t, await ticket())
    const before = await metric('karani_call_faults_total{code="CARRIER_AUDIO_MALFORMED"}')
    for (const size of [1, 3, 639, 641, 0, 2]) socket.send(Buffer.alloc(size, '{'))
    for (const text of ['', '{', 'null', '[]', '{"__proto__":{"callId":"HD_1"}}', '['.repeat(60_000), 'A'.repeat(100_000), JSON.stringify({ callSid: 'HD_of_somebody_else' })]) socket.send(text)
    for (let n = 0; n < 200; n++) socket.send(Buffer.from('{"type":"x"}'.padEnd(640)))
    socket.ping()
    await once(socket, 'pong')
    t.equal(await metric('karani_call_faults_total{code="CARRIER_AUDIO_MALFORMED"}') - before, 4)
    t.equal(socket.readyState, WebSocket.OPEN)
    socket.close()
    await emptied(1)
  })

  t.test('a carrier that does not read for ten seconds keeps its call', async (t) => {
    const { socket } = await handshake(t, await ticket())
    const talking = setInterval(() => socket.send(Buffer.alloc(640)), 20)
    t.teardown(() => clearInterval(talking))
    socket.pause()
    await wait(10_500)
    socket.resume()
    const [data] = await once(socket, 'message')
    t.ok((data as Buffer).length > 0, 'it hears the clerk again')
    t.equal(socket.readyState, WebSocket.OPEN)
    clearInterval(talking)
    socket.close()
    await emptied(1)
  })

  t.test('requests that are no handshake spend no ticket, and print none', async (t) => {
    const unspent = await ticket()
    const headers = { 'sec-websocket-protocol': PROTOCOL }
    for (const [method, path, status] of [
      ['GET', `/audio/${unspent}`, 426], ['HEAD', `/audio/${unspent}`, 426], ['POST', `/audio/${unspent}`, 404], ['DELETE', `/audio/${unspent}`, 404],
      ['GET', `/audio/${unspent}/`, 404], ['GET', `/audio/${unspent}/x`, 404], ['GET', `/audio/%zz${unspent}`, 404], ['GET', `/audio/${'x'.repeat(300)}`, 404]
    ] as const) {
      const response = await fetch(`${gateway.url}${path}`, { method, headers })
      t.equal(response.status, status, `${method} ${path.replace(unspent, '<ticket>').slice(0, 40)}`)
      await response.arrayBuffer()
    }
    t.match(await answerTo(gateway.port, `GET /audio/${unspent} HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`), /^HTTP\/1.1 431 /)
    t.match(await answerTo(gateway.port, 'NONSENSE\r\n\r\n'), /^HTTP\/1.1 400 /)
    const { status, socket } = await handshake(t, unspent)
    t.equal(status, 101, 'the ticket is still good')
    socket.close()
    await emptied(1)
  })

  t.test('twenty handshakes at once find the two places that are left, and the others keep their tickets', async (t) => {
    const racing = await Promise.all(Array.from({ length: 20 }, ticket))
    const opened = await Promise.all(racing.map(async ticket => await handshake(t, ticket)))
    t.equal(opened.filter(({ status }) => status === 101).length, 2)
    t.equal(opened.filter(({ status }) => status === 503).length, 18)
    for (const { socket } of opened) socket.terminate()
    await emptied(1)
    const refused = racing[opened.findIndex(({ status }) => status === 503)]!
    const { status, socket } = await handshake(t, refused)
    t.equal(status, 101)
    socket.terminate()
    await emptied(1)
  })

  t.test('a handshake that is left half-way gives its place back', async (t) => {
    for (let n = 0; n < 10; n++) {
      const socket = connect(gateway.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(`GET /audio/${await ticket()} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${n % 2 === 0 ? 'broken' : 'dGhlIHNhbXBsZSBub25jZQ=='}\r\nSec-WebSocket-Protocol: ${PROTOCOL}\r\n\r\n`, () => socket.destroy())
      await once(socket, 'close')
    }
    await emptied(1)
  })

  t.test('beside all that, the healthy caller has heard every sample', async (t) => {
    const session = await world.gemini.session(1)
    await session.log.until('turn-complete')
    const endMs = healthy.talkMs + 6_000 // the opening was heard first
    await eventually('the end of the speech', () => healthy.talkMs > endMs ? true : undefined)
    healthy.hangUp()
    await healthy.ended
    const { played } = healthy.recording
    const speech = loudSpans(played).at(-1)!
    const from = speech.toMs - SPEECH_MS
    let poor = 0
    for (let ms = from + 50; ms + 100 < speech.toMs - 50; ms += 100) if (sinadDb(played.subarray(ms * 16, (ms + 100) * 16), 1_000, 16_000) < 60) poor++
    t.equal(poor, 0, 'no window of 100 ms below 60 dB')
  })

  t.test('no ticket was printed', async (t) => {
    const logs = await world.logs()
    t.equal(tickets.filter(ticket => logs.includes(ticket)).length, 0)
  })
})

/** A socket after a good handshake, for bytes that no client would send. */
async function upgraded (t: Test, port: number, ticket: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  socket.on('error', () => {})
  socket.write(`GET /audio/${ticket} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ${PROTOCOL}\r\n\r\n`)
  const [head] = await once(socket, 'data')
  t.match(head.toString(), /^HTTP\/1.1 101 /)
  return socket
}

/** The code in the close frame, the last thing that a server sends. */
async function closeCode (socket: Socket): Promise<number> {
  const received: Buffer[] = []
  socket.on('data', bytes => { received.push(bytes) })
  await once(socket, 'end')
  const all = Buffer.concat(received)
  for (let at = all.length - 4; at >= 0; at--) if (all[at] === 0x88 && all[at + 1] === all.length - at - 2) return all.readUInt16BE(at + 2)
  return 0
}

async function answerTo (port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(request)
  const [answer] = await once(socket, 'data')
  socket.destroy()
  return answer.toString()
}
