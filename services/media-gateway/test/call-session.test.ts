import fc from 'fast-check'
import t from 'tap'
import type { ToolResult } from '../src/call/tool-desk.ts'
import { CLIP_LEVEL, FakeCall } from './fake-call.ts'
import { VirtualClock } from './virtual-clock.ts'

const settled = async (): Promise<void> => await new Promise(resolve => setImmediate(resolve))
const endCall = { id: 'end', name: 'endCall', args: {} }
const ok: ToolResult = { outcome: 'ok', response: { output: {} } }

t.test('a goodbye with a pause in it is heard to its end', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  call.model.speak(300)
  clock.advance(1_000)
  call.model.speak(3_000)
  call.model.tell(to => to.onToolCalls([endCall]))
  call.model.tell(to => to.onTurnComplete())
  clock.advance(2_900)
  t.equal(call.hangUps, 0, 'the clerk is still speaking')
  clock.advance(1_000)
  t.equal(call.hangUps, 1)
  call.socket.end()
})

t.test('words that follow after generationComplete are heard', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  call.model.speak(300)
  call.model.tell(to => to.onGenerationComplete())
  clock.advance(1_000)
  const before = call.socket.sent.length
  call.model.speak(300)
  call.model.tell(to => to.onGenerationComplete())
  call.model.tell(to => to.onTurnComplete())
  clock.advance(1_000)
  t.ok(call.socket.loudest(before) > 7_000)
  call.socket.end()
})

t.test('after an interruption that the model never completes, the next reply is heard within 3 s', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  call.model.speak(5_000)
  clock.advance(500)
  call.model.tell(to => to.onInterrupted())
  const cut = call.socket.sent.length
  call.model.speak(500)
  clock.advance(2_900)
  t.equal(call.socket.loudest(cut), 0, 'stale audio is not')
  clock.advance(200)
  call.model.speak(500)
  clock.advance(500)
  t.ok(call.socket.loudest(cut) > 7_000)
  call.socket.end()
})

t.test('a storm of interruptions sends the carrier one order to be silent', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  call.model.speak(5_000)
  clock.advance(500)
  const before = call.socket.sent.length
  for (let n = 0; n < 10_000; n++) call.model.tell(to => to.onInterrupted())
  t.equal(call.socket.sent.length - before, 2, 'padding and killAudio')
  call.socket.end()
})

t.test('a playout that keeps failing ends its own call, and nothing else', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  call.socket.send = data => { if (typeof data !== 'string' && data.some(byte => byte !== 0)) throw new Error('broken') }
  call.model.speak(500)
  clock.advance(1_000)
  t.equal(call.hangUps, 1, 'the carrier is asked to end it')
  call.socket.end()
  t.same(call.finished, ['shutdown'])
})

t.test('a model that closes while tools run: nobody is answered, the caller hears the apology', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  call.model.tell(to => to.onToolCalls([{ id: 'a', name: 'getAccount', args: {} }, { id: 'b', name: 'recordPromiseToPay', args: {} }]))
  call.model.tell(to => to.onToolCancellation(['b']))
  call.model.end()
  for (const { resolve } of call.running) resolve(ok)
  await settled()
  t.same(call.model.answers, [])
  t.same(call.model.texts, [])
  clock.advance(2_000)
  t.equal(call.hangUps, 1)
  call.socket.end()
  t.same(call.finished, ['model-lost'])
})

/** How loud the model is after so many interruptions: less each time, so that what was said before one stands out after it. */
const levelAfter = (cuts: number): number => Math.round(20_000 * 0.7 ** cuts)
const MAX_CUTS = 10

type Action = (run: Run) => void
interface Run { readonly call: FakeCall, readonly clock: VirtualClock, cuts: number, cutAtMs: number | null, cutAtMessage: number }

const ids = fc.constantFrom('a', 'b', 'c', 'd')
const say = (deliver: Parameters<FakeCall['model']['tell']>[0]): Action => ({ call }) => call.model.tell(deliver)

const usual: fc.Arbitrary<Action> = fc.oneof(
  fc.nat(3_500).map((ms): Action => ({ clock }) => clock.advance(ms)),
  fc.constantFrom(0, 1, 40, 160, 700, 3_000).map((ms): Action => ({ call, clock, cuts, cutAtMs }) => {
    const stale = cutAtMs !== null && clock.nowMs - cutAtMs < 3_000
    call.model.speak(ms, levelAfter(stale ? cuts - 1 : cuts))
  }),
  fc.constant<Action>(run => {
    const { call, clock, cuts } = run
    if (cuts === MAX_CUTS || call.hangUps > 0 || call.model.ended) return
    call.model.tell(to => to.onInterrupted())
    Object.assign(run, { cuts: cuts + 1, cutAtMs: clock.nowMs, cutAtMessage: call.socket.sent.length })
  }),
  fc.constant<Action>(run => {
    run.call.model.tell(to => to.onTurnComplete())
    run.cutAtMs = null
  })
)
const unusual: fc.Arbitrary<Action> = fc.oneof(
  fc.constant(say(to => to.onGenerationComplete())),
  fc.constant(say(to => to.onReady())),
  fc.tuple(ids, fc.constantFrom('getAccount', 'recordPromiseToPay', 'endCall', '__proto__')).map(([id, name]) => say(to => to.onToolCalls([{ id, name, args: {} }]))),
  fc.array(ids).map(cancelled => say(to => to.onToolCancellation(cancelled))),
  fc.string().map(text => say(to => { to.onCallerTranscript(text); to.onClerkTranscript(text) })),
  fc.constant(say(to => { to.onGoAway(0); to.onMalformed('MODEL_MESSAGE_UNREADABLE') })),
  fc.boolean().map((works): Action => ({ call }) => {
    const tool = call.running.shift()
    if (works) tool?.resolve(ok)
    else tool?.reject(new Error('connect ECONNREFUSED'))
  }),
  fc.uint8Array({ maxLength: 2_000 }).map((bytes): Action => ({ call }) => { call.socket.emit('message', Buffer.from(bytes), true) }),
  fc.string().map((text): Action => ({ call }) => { call.socket.emit('message', Buffer.from(text), false) }),
  fc.constantFrom(0, 1_000_000).map((bytes): Action => ({ call }) => { call.socket.bufferedAmount = bytes })
)
const ending: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom<'fatal' | 'transient' | 'quota'>('fatal', 'transient', 'quota').map((kind): Action => ({ call }) => call.model.end(kind)),
  fc.constant<Action>(({ call }) => call.session.dispatch({ type: 'shutdown' })),
  fc.constant<Action>(({ call }) => call.socket.end())
)
/** Everything that carrier, model, tools and time may do to a call, in any order. */
const action = fc.oneof({ weight: 20, arbitrary: usual }, { weight: 10, arbitrary: unusual }, { weight: 1, arbitrary: ending })

t.test('whatever its peers do, a call never throws, never plays what was cut, and leaves nothing behind', async (t) => {
  const clock = new VirtualClock(t)
  await fc.assert(fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
    const before = clock.pending
    const call = new FakeCall()
    const run: Run = { call, clock, cuts: 0, cutAtMs: null, cutAtMessage: 0 }
    call.session.dispatch({ type: 'stream-opened' })
    for (const act of actions) {
      act(run)
      await settled()
      const loudest = call.socket.loudest(run.cutAtMessage)
      if (loudest > Math.max(1.2 * levelAfter(run.cuts), CLIP_LEVEL)) throw new Error(`audio of a cut turn: ${loudest} after ${run.cuts} cuts`)
    }
    call.socket.end()
    for (const { reject } of call.running) reject(new Error('aborted'))
    await settled()
    clock.advance(20)
    if (call.hangUps > 1) throw new Error('hung up more than once')
    if (call.finished.length !== 1) throw new Error(`finished ${call.finished.length} times`)
    for (const { ended, closes } of call.models) if (!ended || closes > 1) throw new Error(`a model session was closed ${closes} times, ended: ${ended}`)
    if (clock.pending !== before) throw new Error('a timer is left')
  }), { numRuns: 500 })
})

t.test('news wait until the clerk has finished, and cut nothing', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  const { session, model } = call
  session.bringNews('Payment of KES 1 received.')
  t.same(model.texts, ['Payment of KES 1 received.'], 'in silence they are told at once')
  model.speak(2_000)
  model.tell(to => to.onTurnComplete())
  clock.advance(500)
  for (let n = 2; n < 20; n++) session.bringNews(`Payment of KES ${n} received.`)
  t.equal(model.texts.length, 1)
  clock.advance(2_000)
  t.equal(model.texts.length, 11, 'the first ten of those that waited')
  t.equal(model.texts[1], 'Payment of KES 2 received.')
  call.socket.end()
})

t.test('news for a call that is leaving or over are not told', async (t) => {
  const clock = new VirtualClock(t)
  const call = new FakeCall().begin(clock)
  const { session, model } = call
  session.dispatch({ type: 'end-call-asked' })
  session.bringNews('Payment of KES 1 received.')
  session.dispatch({ type: 'stream-closed' })
  session.bringNews('Payment of KES 2 received.')
  t.same(model.texts, [])
})
