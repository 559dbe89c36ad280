import t from 'tap'
import { CallRegistry } from '../src/plugins/calls.ts'
import { VirtualClock } from './virtual-clock.ts'

const settled = async (): Promise<void> => await new Promise(resolve => setImmediate(resolve))

t.test('a place is taken from the handshake on, and can be freed twice', async (t) => {
  const calls = new CallRegistry(2)
  const places = [calls.take(), calls.take()]
  t.equal(calls.take(), null)
  calls.free(places[0]!)
  calls.free(places[0]!)
  t.ok(calls.take())
  t.equal(calls.take(), null)
})

t.test('a process that goes away takes no call, and waits for those that are there', async (t) => {
  const clock = new VirtualClock(t)
  const calls = new CallRegistry(2)
  const place = calls.take()!
  let cut: number | undefined
  const drained = calls.drain(60_000, 8_000).then(count => { cut = count })
  t.equal(calls.take(), null)
  clock.advance(59_000)
  await settled()
  t.equal(cut, undefined)
  calls.free(place)
  await drained
  t.equal(cut, 0)
  t.equal(clock.pending, 0)
})

t.test('calls that outlast the drain are told goodbye, also one whose socket opened meanwhile', async (t) => {
  const clock = new VirtualClock(t)
  const calls = new CallRegistry(2)
  const place = calls.take()!
  const never = calls.take()!
  const drained = calls.drain(60_000, 8_000)
  let goodbyes = 0
  place.call = { shutdown: () => { goodbyes++ } }
  clock.advance(60_000)
  await settled()
  t.equal(goodbyes, 1)
  t.equal(never.call, null)
  clock.advance(8_000)
  t.equal(await drained, 2, 'it ends, whatever the calls do')
})
