import t from 'tap'
import type { CallLogEntry } from '@karani/call-model'
import { FakeCall } from './fake-call.ts'
import { VirtualClock } from './virtual-clock.ts'

const settled = async (): Promise<void> => await new Promise(resolve => setImmediate(resolve))
const untrue = (call: FakeCall): Array<Extract<CallLogEntry, { type: 'untrue-figure' }>> => call.events.flatMap(({ entry }) => entry.type === 'untrue-figure' ? [entry] : [])
const says = (call: FakeCall, ...fragments: string[]): void => { for (const text of fragments) call.model.tell(to => to.onClerkTranscript(text)) }

/** A call in which getAccount has returned a balance. */
async function callWithAccount (clock: VirtualClock): Promise<FakeCall> {
  const call = new FakeCall().begin(clock)
  call.model.tell(to => to.onToolCalls([{ id: 'account', name: 'getAccount', args: {} }]))
  call.running[0]!.resolve({ outcome: 'ok', response: { output: { balanceKes: 2_000, nextPaymentKes: 500 } } })
  await settled()
  return call
}

t.test('an amount that no tool returned is in the journal within 2 s, and the model is told to take it back', async (t) => {
  const clock = new VirtualClock(t)
  const call = await callWithAccount(clock)
  says(call, 'Your balance is five', ' thousand', ' shillings.')
  clock.advance(2_000)
  t.match(untrue(call), [{ text: 'five thousand shillings', currency: true, correction: true }])
  t.equal(call.model.texts.length, 1)
  t.match(call.model.texts[0], /"five thousand shillings".*wrong/s)
  call.socket.end()
})

t.test('what tools returned, the caller said or the model was told is true, also when it comes a little late', async (t) => {
  const clock = new VirtualClock(t)
  const call = await callWithAccount(clock)
  says(call, 'Your balance is two thousand shillings. You want to pay three hundred?')
  call.session.tellModel('A payment of KES 650 was received.')
  call.model.tell(to => to.onCallerTranscript('three hundred'))
  clock.advance(2_000)
  call.model.tell(to => to.onTurnComplete())
  says(call, 'We have received 650 shillings.')
  clock.advance(2_000)
  t.same(untrue(call), [])
  t.same(call.model.texts.length, 1)
  call.socket.end()
})

t.test('taking a figure back is not another lie, and repeating it is told of once', async (t) => {
  const clock = new VirtualClock(t)
  const call = await callWithAccount(clock)
  says(call, 'You owe 5,000 shillings.')
  call.model.tell(to => to.onTurnComplete())
  clock.advance(2_000)
  says(call, 'I am sorry, 5,000 shillings was wrong. It is 2,000.')
  call.model.tell(to => to.onTurnComplete())
  clock.advance(2_000)
  t.equal(untrue(call).length, 1)
  says(call, 'So you owe five thousand bob.')
  clock.advance(2_000)
  t.match(untrue(call), [{ correction: true }, { correction: false }])
  t.equal(call.model.texts.length, 1)
  call.socket.end()
})

t.test('a clerk that invents without end is told five times', async (t) => {
  const clock = new VirtualClock(t)
  const call = await callWithAccount(clock)
  for (let n = 1; n <= 20; n++) says(call, `You owe ${n * 1_111} shillings. `)
  clock.advance(2_000)
  t.equal(untrue(call).length, 20)
  t.equal(call.model.texts.length, 5)
  call.socket.end()
})

t.test('what was said last is judged when the call ends', async (t) => {
  const clock = new VirtualClock(t)
  const call = await callWithAccount(clock)
  says(call, 'You owe 5,000')
  call.socket.end()
  t.match(untrue(call), [{ text: '5,000', correction: false }])
  t.equal(clock.pending, 0)
})
