import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { WebSocket } from 'ws'
import { CarrierLeg } from '../src/call/carrier-leg.ts'
import { FakeSocket } from './fake-call.ts'
import { VirtualClock } from './virtual-clock.ts'

function build (t: Test) {
  const clock = new VirtualClock(t)
  const socket = new FakeSocket()
  const told = { bytes: Buffer.alloc(0), texts: [] as string[], malformed: 0, unsent: 0, closed: 0 }
  const leg = new CarrierLeg(socket as unknown as WebSocket, {
    onFrame: frame => { told.bytes = Buffer.concat([told.bytes, frame]) },
    onMetadata: text => { told.texts.push(text) },
    onUnsent: bytes => { told.unsent += bytes },
    onMalformed: () => { told.malformed++ },
    onFault: err => { throw err },
    onClosed: () => { told.closed++ }
  })
  return { clock, socket, told, leg, says: (data: Buffer, isBinary = true) => { socket.emit('message', data, isBinary) } }
}

t.test('messages that end in the middle of a sample are left out, and what follows is no noise', async (t) => {
  const { told, says } = build(t)
  let whole = Buffer.alloc(0)
  let odd = 0
  fc.assert(fc.property(fc.uint8Array({ maxLength: 3_000 }), bytes => {
    says(Buffer.from(bytes))
    if (bytes.length % 2 === 0) whole = Buffer.concat([whole, bytes])
    else odd++
    return told.malformed === odd && told.bytes.equals(whole.subarray(0, whole.length - whole.length % 640))
  }))
})

t.test('audio that looks like JSON is audio, and text that looks like audio is text', async (t) => {
  const { told, says } = build(t)
  const audio = Buffer.from('{"type":"x"}'.padEnd(640))
  says(audio)
  says(Buffer.alloc(640, 'A'), false)
  t.ok(told.bytes.equals(audio))
  t.same(told.texts, ['A'.repeat(640)])
})

t.test('a carrier that sends but reads nothing for a minute keeps its call, and what waits for it is bounded', async (t) => {
  const { clock, socket, told, leg, says } = build(t)
  socket.ping = () => {}
  socket.bufferedAmount = 32_001
  for (let ms = 0; ms < 60_000; ms += 20) {
    says(Buffer.alloc(640))
    leg.send(Buffer.alloc(640))
    clock.advance(20)
  }
  t.equal(told.closed, 0)
  t.equal(socket.sent.length, 0)
  t.equal(told.unsent, 60_000 * 32)
  socket.bufferedAmount = 0
  leg.send(Buffer.alloc(640))
  t.equal(socket.sent.length, 1, 'it hears again once it reads')
})

t.test('a carrier that is silent and answers no ping is gone within 20 s', async (t) => {
  const { clock, socket, told, says } = build(t)
  says(Buffer.alloc(640))
  socket.ping = () => {}
  clock.advance(20_000)
  t.equal(told.closed, 1)
  t.equal(clock.pending, 0)
})
