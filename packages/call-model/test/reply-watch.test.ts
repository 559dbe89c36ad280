import t from 'tap'
import { newCall, newOutreach, step, type CallEffect, type CallLimits, type CallSessionEvent, type CallState } from '@karani/call-model'

const limits: CallLimits = { connectMs: 1_700, maxCallMs: 900_000 }

function run (events: readonly CallSessionEvent[], from: CallState = newOutreach): { state: CallState, last: readonly CallEffect[] } {
  let state = from
  let last: readonly CallEffect[] = []
  for (const event of events) ({ state, effects: last } = step(state, event, limits))
  return { state, last }
}

const answered: CallSessionEvent[] = [{ type: 'stream-opened' }, { type: 'model-ready' }]
const opened: CallSessionEvent[] = [...answered, { type: 'played-out' }]
const clerk: CallSessionEvent[] = [{ type: 'clerk-speaks' }, { type: 'turn-complete' }, { type: 'played-out' }]
const person: CallSessionEvent[] = [{ type: 'caller-speaks' }, { type: 'caller-silent' }]
const quiet: CallSessionEvent[] = [{ type: 'deadline', deadline: 'reply' }]
const wait = (ms: number): CallEffect => ({ do: 'arm', deadline: 'reply', ms })

t.test('the clerk begins when the opening was heard', async (t) => {
  t.strictSame(run(opened).last, [wait(400)])
  t.strictSame(run([...opened, ...quiet]).last, [{ do: 'prompt-clerk', to: 'begin' }, wait(6_000)])
})

t.test('a clerk that is not there yet begins as soon as it is', async (t) => {
  t.strictSame(run([{ type: 'stream-opened' }, { type: 'played-out' }]).last, [])
  t.strictSame(run([{ type: 'stream-opened' }, { type: 'played-out' }, { type: 'model-ready' }]).last, [wait(400)])
})

t.test('a clerk who has heard a hello is given the time to reply to it', async (t) => {
  t.strictSame(run([...answered, ...person, { type: 'played-out' }]).last, [wait(2_500)])
  t.strictSame(run([...answered, ...person, { type: 'clerk-speaks' }, { type: 'turn-complete' }, { type: 'played-out' }]).last, [wait(6_000)], 'and is not told to begin again')
})

t.test('who called us is never prompted', async (t) => {
  t.strictSame(run([...opened, ...quiet], newCall).last, [])
})

for (const [title, before] of [['somebody speaks', [{ type: 'caller-speaks' }]], ['the clerk speaks', [{ type: 'clerk-speaks' }]], ['a tool works', [{ type: 'tools-run' }]]] as const) {
  t.test(`it is not quiet while ${title}`, async (t) => {
    t.strictSame(run([...opened, ...quiet, ...clerk, ...before, ...quiet]).last, [])
  })
}

t.test('after three turns that nobody replied to, the call ends with the message', async (t) => {
  const twice = [...opened, ...quiet, ...clerk, ...quiet, ...clerk]
  t.strictSame(run([...twice, ...quiet]).last, [{ do: 'prompt-clerk', to: 'ask-who-is-there' }, wait(6_000)])
  const { state, last } = run([...twice, ...quiet, ...clerk, ...quiet])
  t.strictSame(last, [{ do: 'close-model' }, { do: 'play-clip', clip: 'please-call' }])
  t.match(state, { phase: 'leaving', endedBy: 'no-reply' })
  t.strictSame(run([{ type: 'played-out' }, { type: 'deadline', deadline: 'last-words' }], state).last, [{ do: 'hang-up' }, { do: 'arm', deadline: 'hang-up', ms: 5_000 }])
})

t.test('a model that says nothing at all does not keep the call', async (t) => {
  t.match(run([...opened, ...quiet, ...quiet, ...quiet, ...quiet]).state, { endedBy: 'no-reply' })
})

t.test('a voicemail that greets, and gives its tone, is a machine all the same', async (t) => {
  const greeting = [...answered, ...person, { type: 'played-out' }, ...clerk, ...person] satisfies CallSessionEvent[]
  t.strictSame(run([...greeting, ...clerk]).last, [wait(6_000)])
  t.match(run([...greeting, ...clerk, ...quiet, ...clerk, ...quiet, ...clerk, ...quiet]).state, { endedBy: 'no-reply' })
})

t.test('a reply begins the count anew, and who has replied twice may take their time', async (t) => {
  const talking = [...opened, ...quiet, ...clerk, ...quiet, ...clerk, ...quiet, ...clerk, ...person, ...clerk, ...person] satisfies CallSessionEvent[]
  t.strictSame(run([...talking, ...clerk]).last, [wait(30_000)])
  t.match(run([...talking, ...clerk, ...quiet, ...clerk, ...quiet]).state, { phase: 'talking', reply: { unanswered: 2 } })
})
