import t from 'tap'
import { Pacer } from '../src/call/pacer.ts'

t.test('every call is ticked at once, and then on one clock until it has nothing left', async (t) => {
  const pacer = new Pacer(5)
  const ticks: number[][] = [[], []]
  await Promise.all(ticks.map(async times => await new Promise<void>(resolve => pacer.add({
    tickFailed: err => t.error(err),
    tick: now => {
      times.push(now)
      if (times.length === 40) resolve()
      return times.length < 40
    }
  }))))
  for (const times of ticks) t.equal(times.length, 40)
  const gaps = ticks[0]!.slice(2).map((time, i) => time - ticks[0]![i + 1]!)
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  t.ok(mean >= 4.5, 'a late tick is not followed by a burst of ticks')
})

t.test('a call that has more to send does not wait for the clock', async (t) => {
  const pacer = new Pacer()
  let ticks = 0
  const call = { tick: () => ++ticks < 3, tickFailed: (err: unknown) => t.error(err) }
  pacer.add(call)
  pacer.add(call)
  t.equal(ticks, 2)
})

t.test('a call that is removed is not ticked again', async (t) => {
  const pacer = new Pacer(1)
  let ticks = 0
  const gone = { tick: () => { ticks++; return true }, tickFailed: (err: unknown) => t.error(err) }
  pacer.add(gone)
  pacer.remove(gone)
  await new Promise<void>(resolve => { let n = 0; pacer.add({ tick: () => { if (++n === 5) resolve(); return n < 5 }, tickFailed: err => t.error(err) }) })
  t.equal(ticks, 1)
})

t.test('a call whose tick throws is left out, and the others are ticked on', async (t) => {
  const pacer = new Pacer(1)
  const failures: unknown[] = []
  pacer.add({ tick: () => { throw new Error('broken') }, tickFailed: err => failures.push(err) })
  await new Promise<void>(resolve => { let n = 0; pacer.add({ tick: () => { if (++n === 10) resolve(); return n < 10 }, tickFailed: err => t.error(err) }) })
  t.equal(failures.length, 1)
})
