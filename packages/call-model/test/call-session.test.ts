import fc from 'fast-check'
import t from 'tap'
import { newCall, step, type CallEffect, type CallLimits, type CallSessionEvent, type CallState } from '@karani/call-model'

const limits: CallLimits = { connectMs: 1_700, maxCallMs: 900_000 }

function run (events: CallSessionEvent[], from: CallState = newCall): { state: CallState, effects: CallEffect[] } {
  const effects: CallEffect[] = []
  let state = from
  for (const event of events) {
    const next = step(state, event, limits)
    state = next.state
    effects.push(...next.effects)
  }
  return { state, effects }
}
const names = (effects: CallEffect[]): string[] => effects.map(e => 'clip' in e ? `${e.do} ${e.clip}` : 'deadline' in e ? `${e.do} ${e.deadline}` : 'code' in e ? `${e.do} ${e.code}` : 'endedBy' in e ? `${e.do} ${e.endedBy}` : e.do)

const opened: CallSessionEvent[] = [{ type: 'stream-opened' }]
const talking: CallSessionEvent[] = [...opened, { type: 'model-ready' }, { type: 'played-out' }]

const table: Array<[title: string, before: CallSessionEvent[], event: CallSessionEvent[], effects: string[]]> = [
  ['the opening is played at once while the model connects', [], opened, ['play-clip opening', 'open-model', 'arm connect', 'arm time-limit']],
  ['a second stream-opened asks for nothing', opened, opened, []],
  ['a transient refusal at setup is tried once more', opened, [{ type: 'model-closed', kind: 'transient' }], ['fault MODEL_CONNECT_RETRIED', 'open-model']],
  ['a second refusal brings the apology', [...opened, { type: 'model-closed', kind: 'transient' }], [{ type: 'model-closed', kind: 'transient' }], ['fault MODEL_UNREACHABLE', 'close-model', 'play-clip apology']],
  ['a fatal refusal brings the apology at once', opened, [{ type: 'model-closed', kind: 'fatal' }], ['fault MODEL_UNREACHABLE', 'close-model', 'play-clip apology']],
  ['a model that never sets up brings the apology at the deadline', opened, [{ type: 'deadline', deadline: 'connect' }], ['fault MODEL_UNREACHABLE', 'close-model', 'play-clip apology']],
  ['the connect deadline means nothing once the model is ready', talking, [{ type: 'deadline', deadline: 'connect' }], []],
  ['the apology played, the carrier is asked to hang up', [...opened, { type: 'model-closed', kind: 'fatal' }], [{ type: 'played-out' }, { type: 'deadline', deadline: 'last-words' }], ['arm last-words', 'hang-up', 'arm hang-up']],
  ['a model lost in mid-call brings the apology', talking, [{ type: 'model-closed', kind: 'transient' }], ['fault MODEL_LOST', 'close-model', 'play-clip apology']],
  ['a barge-in flushes', [...talking, { type: 'clerk-speaks' }], [{ type: 'interrupted' }], ['flush-playout', 'arm stale-audio']],
  ['a second barge-in finds nothing to flush', [...talking, { type: 'clerk-speaks' }, { type: 'interrupted' }], [{ type: 'interrupted' }], ['arm stale-audio']],
  ['a goodbye is played to its end before the hang-up', [...talking, { type: 'clerk-speaks' }, { type: 'end-call-asked' }, { type: 'turn-complete' }], [{ type: 'played-out' }, { type: 'deadline', deadline: 'last-words' }], ['arm last-words', 'hang-up', 'arm hang-up']],
  ['an underrun within the goodbye does not hang up', [...talking, { type: 'clerk-speaks' }, { type: 'end-call-asked' }], [{ type: 'played-out' }], []],
  ['a turn without words does not count as the goodbye', [...talking, { type: 'end-call-asked' }], [{ type: 'turn-complete' }], ['end-turn']],
  ['a clerk that asks for the end in silence is hung up at the deadline', [...talking, { type: 'end-call-asked' }], [{ type: 'deadline', deadline: 'goodbye' }], ['hang-up', 'arm hang-up']],
  ['a long goodbye is not cut by the deadline', [...talking, { type: 'clerk-speaks' }, { type: 'end-call-asked' }], [{ type: 'deadline', deadline: 'goodbye' }], ['arm goodbye']],
  ['a caller who speaks over the goodbye keeps the call', [...talking, { type: 'clerk-speaks' }, { type: 'end-call-asked' }, { type: 'interrupted' }, { type: 'turn-complete' }], [{ type: 'played-out' }], []],
  ['a model that closes after its goodbye ends the call well', [...talking, { type: 'clerk-speaks' }, { type: 'end-call-asked' }, { type: 'model-closed', kind: 'transient' }], [{ type: 'played-out' }, { type: 'deadline', deadline: 'last-words' }], ['arm last-words', 'hang-up', 'arm hang-up']],
  ['a caller who speaks up after the goodbye was played keeps the call', [...talking, { type: 'clerk-speaks' }, { type: 'end-call-asked' }, { type: 'turn-complete' }, { type: 'played-out' }, { type: 'interrupted' }], [{ type: 'deadline', deadline: 'last-words' }], []],
  ['at shutdown the caller is told', talking, [{ type: 'shutdown' }], ['close-model', 'play-clip time-limit']],
  ['a call that cannot say its last words is hung up', [...talking, { type: 'shutdown' }], [{ type: 'shutdown' }], ['hang-up', 'arm hang-up']],
  ['a hang-up without effect closes our stream', [...opened, { type: 'model-closed', kind: 'fatal' }, { type: 'played-out' }, { type: 'deadline', deadline: 'last-words' }], [{ type: 'deadline', deadline: 'hang-up' }], ['fault HANG_UP_WITHOUT_EFFECT', 'close-stream']],
  ['the caller hangs up', talking, [{ type: 'stream-closed' }], ['close-model', 'finish caller']],
  ['the stream closes after our own hang-up', [...opened, { type: 'model-closed', kind: 'fatal' }, { type: 'played-out' }, { type: 'deadline', deadline: 'last-words' }], [{ type: 'stream-closed' }], ['close-model', 'finish model-unreachable']],
  ['a second close finds the call ended', [...talking, { type: 'stream-closed' }], [{ type: 'stream-closed' }], []]
]
for (const [title, before, event, effects] of table) {
  t.test(title, async (t) => { t.same(names(run(event, run(before).state).effects), effects) })
}

t.test('audio of a cut turn is thrown away until the turn is complete, or the model stays silent about it', async (t) => {
  const cut = run([...talking, { type: 'clerk-speaks' }, { type: 'interrupted' }]).state
  t.equal(cut.discarding, true)
  t.equal(run([{ type: 'turn-complete' }], cut).state.discarding, false)
  t.equal(run([{ type: 'deadline', deadline: 'stale-audio' }], cut).state.discarding, false)
})

const anyEvent: fc.Arbitrary<CallSessionEvent> = fc.oneof(
  fc.constantFrom<CallSessionEvent>({ type: 'stream-opened' }, { type: 'model-ready' }, { type: 'clerk-speaks' }, { type: 'interrupted' }, { type: 'generation-complete' },
    { type: 'turn-complete' }, { type: 'end-call-asked' }, { type: 'played-out' }, { type: 'shutdown' }),
  fc.constantFrom<'fatal' | 'transient' | 'quota'>('fatal', 'transient', 'quota').map((kind): CallSessionEvent => ({ type: 'model-closed', kind })),
  fc.constantFrom<CallSessionEvent>({ type: 'deadline', deadline: 'connect' }, { type: 'deadline', deadline: 'goodbye' }, { type: 'deadline', deadline: 'last-words' }, { type: 'deadline', deadline: 'hang-up' },
    { type: 'deadline', deadline: 'stale-audio' }, { type: 'deadline', deadline: 'time-limit' })
)

t.test('whatever happened before, a closed stream finishes the call exactly once and frees the model', async () => {
  fc.assert(fc.property(fc.array(anyEvent, { maxLength: 40 }), fc.array(anyEvent, { maxLength: 10 }), (before, after) => {
    const { effects } = run([{ type: 'stream-opened' }, ...before, { type: 'stream-closed' }, ...after, { type: 'stream-closed' }])
    const finishes = effects.filter(e => e.do === 'finish')
    return finishes.length === 1 && names(effects).lastIndexOf('close-model') > names(effects).lastIndexOf('open-model')
  }))
})

t.test('a call whose model failed always reaches the hang-up once the apology is played', async () => {
  fc.assert(fc.property(fc.array(anyEvent, { maxLength: 30 }), (before) => {
    const { state } = run([{ type: 'stream-opened' }, ...before])
    const failed = run([{ type: 'model-closed', kind: 'fatal' }, { type: 'turn-complete' }, { type: 'played-out' }, { type: 'deadline', deadline: 'last-words' }], state)
    return state.model === 'absent' || failed.state.phase === 'hanging-up' || state.phase === 'hanging-up'
  }))
})
