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

const filled: CallSessionEvent[] = [...talking, { type: 'tools-run' }, { type: 'deadline', deadline: 'filler' }]

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
  ['a tool that takes its time is filled', [...talking, { type: 'tools-run' }], [{ type: 'deadline', deadline: 'filler' }], ['play-clip one-moment']],
  ['a tool that has answered is not', [...talking, { type: 'tools-run' }, { type: 'tools-answered' }], [{ type: 'deadline', deadline: 'filler' }], []],
  ['a wait is filled once', [...filled, { type: 'played-out' }], [{ type: 'deadline', deadline: 'filler' }], []],
  ['the next wait is filled again', [...filled, { type: 'played-out' }, { type: 'tools-answered' }, { type: 'tools-run' }], [{ type: 'deadline', deadline: 'filler' }], ['play-clip one-moment']],
  ['a caller who speaks is not talked over', [...talking, { type: 'tools-run' }, { type: 'caller-speaks' }], [{ type: 'deadline', deadline: 'filler' }], ['arm filler']],
  ['a caller who has finished hears it', [...talking, { type: 'tools-run' }, { type: 'caller-speaks' }, { type: 'deadline', deadline: 'filler' }, { type: 'caller-silent' }], [{ type: 'deadline', deadline: 'filler' }], ['play-clip one-moment']],
  ['a clerk who speaks is not talked over', [...talking, { type: 'tools-run' }, { type: 'clerk-speaks' }], [{ type: 'deadline', deadline: 'filler' }], []],
  ['silence after words of the clerk is filled in its turn', [...talking, { type: 'tools-run' }, { type: 'clerk-speaks' }, { type: 'deadline', deadline: 'filler' }], [{ type: 'played-out' }, { type: 'deadline', deadline: 'filler' }], ['arm filler', 'play-clip one-moment']],
  ['the reply cuts the filler', filled, [{ type: 'clerk-speaks' }], ['cut-filler']],
  ['the caller cuts the filler', filled, [{ type: 'caller-speaks' }, { type: 'caller-speaks' }], ['cut-filler']],
  ['a filler that was played is not cut', [...filled, { type: 'played-out' }], [{ type: 'clerk-speaks' }], []],
  ['a barge-in flushes the filler', filled, [{ type: 'interrupted' }], ['flush-playout', 'arm stale-audio']],
  ['a goodbye is not filled', [...talking, { type: 'tools-run' }, { type: 'end-call-asked' }], [{ type: 'deadline', deadline: 'filler' }], []],
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
    { type: 'turn-complete' }, { type: 'end-call-asked' }, { type: 'played-out' }, { type: 'shutdown' }, { type: 'caller-speaks' }, { type: 'caller-silent' }, { type: 'tools-run' }, { type: 'tools-answered' }),
  fc.constantFrom<'fatal' | 'transient' | 'quota'>('fatal', 'transient', 'quota').map((kind): CallSessionEvent => ({ type: 'model-closed', kind })),
  fc.constantFrom<CallSessionEvent>({ type: 'deadline', deadline: 'connect' }, { type: 'deadline', deadline: 'goodbye' }, { type: 'deadline', deadline: 'last-words' }, { type: 'deadline', deadline: 'hang-up' },
    { type: 'deadline', deadline: 'stale-audio' }, { type: 'deadline', deadline: 'time-limit' }, { type: 'deadline', deadline: 'filler' })
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

t.test('whatever happens, no filler begins over somebody who speaks, nor twice in one wait', async () => {
  fc.assert(fc.property(fc.array(anyEvent, { maxLength: 60 }), events => {
    let state = newCall
    let filled = false
    for (const event of [{ type: 'stream-opened' } as const, ...events]) {
      const next = step(state, event, limits)
      const fills = next.effects.some(effect => effect.do === 'play-clip' && effect.clip === 'one-moment')
      if (fills && (filled || state.callerSpeaking || state.playing || state.waiting === 'no')) return false
      filled = event.type === 'tools-run' || event.type === 'tools-answered' ? false : filled || fills
      state = next.state
    }
    return true
  }), { numRuns: 2_000 })
})
