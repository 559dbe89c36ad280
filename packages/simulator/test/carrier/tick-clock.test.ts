import t from 'tap'
import { TickClock, type Ticking } from '../../src/carrier/tick-clock.ts'

/** Resolves after so many ticks. */
function afterTicks (clock: TickClock, count: number): { member: Ticking & { ticks: number }, done: Promise<void> } {
  let resolve: () => void
  const done = new Promise<void>(_resolve => { resolve = _resolve })
  const member = {
    ticks: 0,
    tick () {
      if (++member.ticks < count) return
      clock.remove(member)
      resolve()
    }
  }
  clock.add(member)
  return { member, done }
}

t.test('a late clock makes up for every tick it missed', async t => {
  let nowMs = 5
  const clock = new TickClock(() => nowMs)
  const { member, done } = afterTicks(clock, 50)
  nowMs += 1_000 // as if the process had stood still for a second
  await done
  t.equal(member.ticks, 50)
})

t.test('each member ticks from the millisecond in which it joined', async t => {
  let nowMs = 0
  const clock = new TickClock(() => nowMs)
  const early = afterTicks(clock, 2)
  nowMs = 7
  const late = afterTicks(clock, 2)
  nowMs = 41
  await early.done
  t.equal(late.member.ticks, 1, 'its second tick is due at 47 ms')
  nowMs = 47
  await late.done
})

t.test('time without members makes no ticks', async t => {
  let nowMs = 0
  const clock = new TickClock(() => nowMs)
  const gone = { tick: () => { throw new Error('it has left') } }
  clock.add(gone)
  clock.remove(gone)
  nowMs = 100_000
  const { member, done } = afterTicks(clock, 1)
  nowMs += 20
  await done
  t.equal(member.ticks, 1)
})
