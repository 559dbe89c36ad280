import t from 'tap'
import fc from 'fast-check'
import { newCall, step, type CallEffect, type CallLimits, type CallSessionEvent, type CallState } from '@karani/call-model'

const limits: CallLimits = { connectMs: 1_700, maxCallMs: 900_000 }

function run (events: readonly CallSessionEvent[], from: CallState = newCall): { state: CallState, last: readonly CallEffect[], all: CallEffect[] } {
  let state = from
  let last: readonly CallEffect[] = []
  const all: CallEffect[] = []
  for (const event of events) {
    ({ state, effects: last } = step(state, event, limits))
    all.push(...last)
  }
  return { state, last, all }
}

const talking: CallSessionEvent[] = [{ type: 'stream-opened' }, { type: 'model-ready' }, { type: 'played-out' }, { type: 'tools-run' }]
const asked: CallSessionEvent[] = [...talking, { type: 'person-asked' }]
const moving: CallSessionEvent[] = [...asked, { type: 'played-out' }]
const late: CallSessionEvent = { type: 'deadline', deadline: 'redirect' }
const redirect: CallEffect[] = [{ do: 'redirect' }, { do: 'arm', deadline: 'redirect', ms: 3_000 }]
const given: CallEffect[] = [{ do: 'fault', code: 'REDIRECT_WITHOUT_EFFECT' }, { do: 'no-person' }]

t.test('the caller is told that somebody is called, and only then the call is moved', async (t) => {
  t.strictSame(run(asked).last, [{ do: 'play-clip', clip: 'connecting' }])
  t.strictSame(run(moving).last, redirect)
})

t.test('what the clerk is saying is said to its end first', async (t) => {
  const speaking: CallSessionEvent[] = [...talking, { type: 'clerk-speaks' }, { type: 'person-asked' }, { type: 'turn-complete' }]
  t.notMatch(run(speaking).all, [{ do: 'play-clip', clip: 'connecting' }])
  t.strictSame(run([...speaking, { type: 'played-out' }]).last.at(-1), { do: 'play-clip', clip: 'connecting' })
})

t.test('a redirect without effect is tried once more, and then the clerk goes on', async (t) => {
  t.strictSame(run([...moving, late]).last, [{ do: 'play-clip', clip: 'connecting' }, ...redirect])
  const { state, last } = run([...moving, late, late])
  t.strictSame(last, given)
  t.match(state, { phase: 'talking', model: 'ready', handOff: null })
})

t.test('a carrier that moves no calls is not asked again', async (t) => {
  t.strictSame(run([...moving, { type: 'redirect-refused' }]).last, given)
  t.strictSame(run([...moving, { type: 'redirect-refused' }, late]).last, [])
})

t.test('the carrier comes for the document: the call is its own now, and is not hung up', async (t) => {
  const { state, last } = run([...moving, { type: 'handed-over' }])
  t.strictSame(last, [{ do: 'close-model' }, { do: 'flush-playout' }, { do: 'arm', deadline: 'hang-up', ms: 5_000 }])
  t.strictSame(run([{ type: 'stream-closed' }], state).last, [{ do: 'close-model' }, { do: 'finish', endedBy: 'handed-over' }])
  t.strictSame(run([{ type: 'shutdown' }], state).last, [])
})

t.test('the stream closes before the carrier comes: that was why, if it comes in time', async (t) => {
  const { state, last } = run([...moving, { type: 'stream-closed' }])
  t.strictSame(last, [{ do: 'close-model' }, { do: 'arm', deadline: 'redirect', ms: 3_000 }])
  t.strictSame(run([{ type: 'handed-over' }], state).last.at(-1), { do: 'finish', endedBy: 'handed-over' })
  t.strictSame(run([late], state).last.at(-1), { do: 'finish', endedBy: 'caller' })
  t.strictSame(run([{ type: 'shutdown' }, { type: 'deadline', deadline: 'time-limit' }], state).all, [], 'and nobody hangs up the call meanwhile')
})

t.test('a carrier that comes after all, when the clerk has gone on, has the call', async (t) => {
  t.match(run([...moving, late, late, { type: 'tools-answered' }, { type: 'clerk-speaks' }, { type: 'handed-over' }]).state, { phase: 'hanging-up', endedBy: 'handed-over' })
})

t.test('a caller who hangs up before anything was moved has hung up', async (t) => {
  t.strictSame(run([...asked, { type: 'stream-closed' }]).last.at(-1), { do: 'finish', endedBy: 'caller' })
})

const anyEvent = fc.constantFrom<CallSessionEvent>({ type: 'person-asked' }, { type: 'redirect-refused' }, { type: 'handed-over' }, late, { type: 'played-out' }, { type: 'clerk-speaks' }, { type: 'turn-complete' },
  { type: 'interrupted' }, { type: 'caller-speaks' }, { type: 'model-closed', kind: 'fatal' }, { type: 'shutdown' }, { type: 'end-call-asked' }, { type: 'deadline', deadline: 'last-words' },
  { type: 'deadline', deadline: 'hang-up' }, { type: 'deadline', deadline: 'time-limit' }, { type: 'deadline', deadline: 'filler' })

t.test('whatever happens in whatever order: a call that the carrier has is never hung up, and every call ends once', async () => {
  fc.assert(fc.property(fc.array(anyEvent, { maxLength: 40 }), events => {
    let { state } = run(talking)
    const all: CallEffect[] = []
    for (const event of [...events, { type: 'stream-closed' } as const, late]) {
      const isTaken = state.endedBy === 'handed-over'
      const next = step(state, event, limits)
      if (isTaken && next.effects.some(effect => effect.do === 'hang-up')) return false
      state = next.state
      all.push(...next.effects)
    }
    return state.phase === 'ended' && all.filter(effect => effect.do === 'finish').length === 1
  }), { numRuns: 2_000 })
})
