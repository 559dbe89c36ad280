import t from 'tap'
import type { ToolResult } from '../src/call/tool-desk.ts'
import { CLIP_LEVEL, FakeCall } from './fake-call.ts'
import { VirtualClock } from './virtual-clock.ts'

const settled = async (): Promise<void> => await new Promise(resolve => setImmediate(resolve))
const ok: ToolResult = { outcome: 'ok', response: { output: {} } }
const asks = (call: FakeCall): void => call.model.tell(to => to.onToolCalls([{ id: `call-${call.running.length}`, name: 'getAccount', args: {} }]))
const fillers = (call: FakeCall): number => call.events.filter(({ entry }) => entry.type === 'clip' && entry.clip === 'one-moment').length

/** The caller's line for so long, in frames of 20 ms as they come. */
function listen (call: FakeCall, clock: VirtualClock, ms: number, level = 0): void {
  for (let at = 0; at < ms; at += 20) {
    call.session.callerFrame(new Uint8Array(new Int16Array(320).fill(level).buffer))
    clock.advance(20)
  }
}

t.test('a tool that takes longer than 1.2 s is filled, once', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  asks(call)
  const before = call.socket.sent.length
  listen(call, clock, 1_180)
  t.equal(call.socket.loudest(before), 0)
  listen(call, clock, 60)
  t.equal(call.socket.loudest(before), CLIP_LEVEL)
  listen(call, clock, 1_700)
  t.equal(fillers(call), 1)
  call.socket.end()
})

t.test('a tool that answers in time is not', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  asks(call)
  listen(call, clock, 1_100)
  call.running[0]!.resolve(ok)
  await settled()
  listen(call, clock, 2_000)
  t.equal(fillers(call), 0)
  call.socket.end()
})

t.test('a caller who speaks is not talked over, and hears the filler afterwards', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  listen(call, clock, 500)
  asks(call)
  for (let words = 0; words < 9; words++) {
    listen(call, clock, 160, 8_000)
    listen(call, clock, 40)
  }
  t.equal(fillers(call), 0)
  listen(call, clock, 1_000)
  t.equal(fillers(call), 1)
  call.socket.end()
})

t.test('the caller who interrupts the filler, and the reply to it, cut it off', async (t) => {
  for (const interrupt of [(call: FakeCall, clock: VirtualClock) => listen(call, clock, 100, 8_000), (call: FakeCall) => call.model.speak(500)]) {
    const clock = new VirtualClock(t)
    const call = new FakeCall().begin(clock)
    listen(call, clock, 500)
    asks(call)
    listen(call, clock, 1_400)
    t.equal(fillers(call), 1)
    const before = call.socket.sent.length
    interrupt(call, clock)
    t.ok(call.socket.sent.slice(before).some(data => typeof data === 'string' && data.includes('killAudio')), 'the carrier drops what it holds')
    listen(call, clock, 1_000)
    t.notOk(call.events.some(({ entry }) => entry.type === 'interrupted'), 'nothing of the clerk was interrupted')
    call.socket.end()
  }
})

t.test('the reply that cuts the filler is heard whole', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  asks(call)
  clock.advance(1_300)
  const before = call.socket.sent.length
  call.model.speak(800)
  call.model.tell(to => to.onTurnComplete())
  clock.advance(2_000)
  const loud = call.socket.sent.slice(before).flatMap(data => typeof data === 'string' ? [] : [...new Int16Array(data.buffer, data.byteOffset, data.byteLength / 2)]).filter(sample => Math.abs(sample) > 7_000)
  t.ok(Math.abs(loud.length / 16 - 800) < 10, `${loud.length / 16} ms`)
  call.socket.end()
})
