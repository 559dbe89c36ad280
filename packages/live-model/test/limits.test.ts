import t from 'tap'
import { PendingAudio } from '../src/pending-audio.ts'
import { ToolGate } from '../src/tool-gate.ts'
import { UnreadableLimit } from '../src/unreadable-limit.ts'

t.test('the third unreadable message within a minute is the limit', async (t) => {
  const limit = new UnreadableLimit()
  t.strictSame([0, 59_998, 59_999].map(nowMs => limit.reachedAt(nowMs)), [false, false, true])
})

t.test('unreadable messages far apart never reach the limit', async (t) => {
  const limit = new UnreadableLimit()
  for (let nowMs = 0; nowMs < 600_000; nowMs += 30_001) t.notOk(limit.reachedAt(nowMs))
})

t.test('before the session is set up the newest two seconds of the caller are kept', async (t) => {
  const pending = new PendingAudio()
  for (let frame = 0; frame < 150; frame++) pending.push(new Uint8Array(640).fill(frame))
  const kept = pending.take()
  t.equal(kept.length, 100)
  t.strictSame([kept[0]?.[0], kept[99]?.[0]], [50, 149])
  t.strictSame(pending.take(), [])
})

t.test('one piece longer than two seconds is not kept at all', async (t) => {
  const pending = new PendingAudio()
  pending.push(new Uint8Array(640))
  pending.push(new Uint8Array(64_002))
  t.strictSame(pending.take(), [])
})

const calls = (...ids: string[]): object => ({ toolCall: { functionCalls: ids.map(id => ({ id, name: 'getAccount' })) } })

t.test('the gate opens when the last function is answered or cancelled', async (t) => {
  const gate = new ToolGate()
  t.notOk(gate.holds(0))
  gate.see(calls('a', 'b'), 0)
  gate.settled(['a'])
  t.ok(gate.holds(1))
  gate.see({ toolCallCancellation: { ids: ['b'] } }, 2)
  t.notOk(gate.holds(3))
})

t.test('a function that is called again after its answer leaves the caller heard', async (t) => {
  const gate = new ToolGate()
  gate.see(calls('a'), 0)
  gate.settled(['a'])
  gate.see(calls('a'), 1)
  t.notOk(gate.holds(2))
})

t.test('the gate opens after ten seconds, answered or not', async (t) => {
  const gate = new ToolGate()
  gate.see(calls('a'), 1_000)
  t.ok(gate.holds(10_999))
  t.notOk(gate.holds(11_000))
})
