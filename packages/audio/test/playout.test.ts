import { bytesOf, Playout, samplesOf } from '@karani/audio'
import fc from 'fast-check'
import t from 'tap'
import { CARRIERS, PhoneLine } from './phone-line.ts'

const MS = 16 // samples

function options (maxQueuedMs = 60_000): ConstructorParameters<typeof Playout>[0] {
  return { sampleRateHz: 16_000, leadMs: 160, prebufferMs: 80, maxQueuedMs }
}

/** Audio that cannot be confused: every sample of `turn` is `turn * 1000` and a counter, never zero. */
function speech (turn: number, from: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, n) => turn * 1_000 + 1 + (from + n) % 997)
}

const carrier = fc.constantFrom(...CARRIERS)
/** Tick after tick, mostly 20 ms apart and up to 60 ms. */
const ticks = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(20) }, { weight: 1, arbitrary: fc.integer({ min: 5, max: 60 }) }), { minLength: 40, maxLength: 60 })
const turns = fc.array(fc.record({
  pauseMs: fc.integer({ min: 0, max: 600 }),
  chunks: fc.array(fc.integer({ min: 1, max: 320 * MS }), { minLength: 1, maxLength: 6 }),
  everyMs: fc.integer({ min: 0, max: 90 }),
  ends: fc.boolean()
}), { minLength: 1, maxLength: 3 })

type Script = typeof turns extends fc.Arbitrary<infer T> ? T : never

/** Runs `script` through a playout into a carrier until all is quiet: what the phone played, and what was said. */
function play (script: Script, tickMs: number[], line: PhoneLine): { played: Int16Array, said: Int16Array[] } {
  const playout = new Playout(options())
  const events = new Map<number, Array<() => void>>()
  const said: Int16Array[] = []
  let at = 5
  script.forEach(({ pauseMs, chunks, everyMs, ends }, index) => {
    const turn = index + 1
    at += pauseMs
    let from = 0
    for (const length of chunks) {
      const chunk = speech(turn, from, length)
      from += length
      said.push(chunk)
      events.set(at, [...events.get(at) ?? [], () => { playout.enqueue(chunk, turn) }])
      at += everyMs
    }
    if (ends) events.set(at, [...events.get(at) ?? [], () => { playout.endTurn(turn) }])
  })
  let nextTick = 0
  let tick = 0
  let startedAt = -Infinity
  let sentMs = 0
  const send = (bytes: Uint8Array, now: number): void => {
    if (sentMs <= now - startedAt) [startedAt, sentMs] = [now, 0]
    sentMs += bytes.length / 2 / MS
    if (sentMs > now - startedAt + 160) throw new Error(`at ${now} ms ${sentMs} ms were sent since ${startedAt} ms`)
    line.receive(samplesOf(bytes))
  }
  const quietAt = at + said.reduce((ms, chunk) => ms + chunk.length / MS, 0) + 1_500
  for (let now = 0; now < quietAt; now++) {
    const happening = events.get(now) ?? []
    happening.forEach((event) => { event() })
    if (happening.length > 0 || now >= nextTick) {
      for (let bytes = playout.due(now); bytes !== null; bytes = playout.due(now)) send(bytes, now)
    }
    if (now >= nextTick) nextTick = now + tickMs[tick++ % tickMs.length]!
    line.advance(now)
  }
  if (!playout.isDrained(quietAt)) throw new Error('not drained')
  return { played: line.played(), said }
}

t.test('whatever the carrier, chunks and ticks: all is played, in order, and never sent more than the lead ahead', async () => {
  fc.assert(fc.property(carrier, fc.nat(19), turns, ticks, (kind, phase, script, tickMs) => {
    const { played, said } = play(script, tickMs, new PhoneLine(kind, phase))
    return same(played.filter((sample) => sample !== 0), said)
  }), { numRuns: 300 })
})

t.test('a turn that arrives faster than it is spoken has no gap, with ticks up to 60 ms apart', async () => {
  fc.assert(fc.property(carrier, fc.nat(19), fc.array(fc.integer({ min: 1, max: 320 * MS }), { minLength: 1, maxLength: 8 }), ticks, (kind, phase, chunks, tickMs) => {
    const { played, said } = play([{ pauseMs: 0, chunks, everyMs: 0, ends: true }], tickMs, new PhoneLine(kind, phase))
    return same(played.subarray(played.findIndex((sample) => sample !== 0), played.findLastIndex((sample) => sample !== 0) + 1), said)
  }), { numRuns: 300 })
})

t.test('after a barge-in nothing more of the turn is heard than the frame being played, and nothing of it in front of the next', async () => {
  fc.assert(fc.property(carrier, fc.nat(19), fc.integer({ min: 1, max: 3_000 * MS }), fc.integer({ min: 0, max: 3_500 }), ticks, (kind, phase, length, interruptMs, tickMs) => {
    const line = new PhoneLine(kind, phase)
    const playout = new Playout(options())
    playout.enqueue(speech(1, 0, length), 1)
    playout.endTurn(1)
    let nextTick = 0
    let tick = 0
    let heardMs = 0
    let droppedMs = 0
    let played = 0
    for (let now = 0; now < 6_000; now++) {
      if (now === interruptMs) {
        const flushed = playout.flush(now)
        heardMs = flushed.heardMs
        droppedMs = flushed.droppedMs
        played = line.played().filter((sample) => sample !== 0).length / MS
        line.receive(samplesOf(flushed.padding!))
        line.killAudio()
      }
      if (now === interruptMs + 300) playout.enqueue(speech(2, 0, 500 * MS), 2)
      if (now === interruptMs + 300) playout.endTurn(2)
      if (now >= nextTick) {
        const bytes = playout.due(now)
        if (bytes !== null) line.receive(samplesOf(bytes))
        nextTick = now + tickMs[tick++ % tickMs.length]!
      }
      line.advance(now)
    }
    const first = line.played().filter((sample) => sample > 0 && sample < 2_000)
    const second = line.played().filter((sample) => sample >= 2_000)
    return same(first, [speech(1, 0, first.length)]) && first.length / MS <= played + 20 &&
      same(second, [speech(2, 0, 500 * MS)]) &&
      Math.abs(heardMs - played) <= 40 && Math.abs(heardMs + droppedMs - length / MS) < 0.01
  }), { numRuns: 200 })
})

t.test('a start goes out as one burst of the lead, and then one portion when there is room for it', async (t) => {
  const playout = new Playout(options())
  playout.enqueue(speech(1, 0, 1_000 * MS), 1)
  t.equal(playout.due(0)?.length, 160 * MS * 2)
  t.equal(playout.due(0), null)
  t.equal(playout.due(79), null)
  t.equal(playout.due(80)?.length, 80 * MS * 2)
  t.equal(playout.queuedMs, 760)
})

t.test('what was given to send stays as it is, whatever is said afterwards', async (t) => {
  const playout = new Playout(options())
  const chunk = speech(1, 0, 160 * MS)
  playout.enqueue(chunk, 1)
  const bytes = playout.due(0)!
  const sent = Buffer.from(bytes)
  chunk.fill(9)
  for (let n = 1; n < 50; n++) playout.enqueue(speech(2, n * 100 * MS, 100 * MS), 1)
  t.same(bytes, sent)
})

t.test('the beginning of a reply waits for the rest of the lead, and is not kept back for ever', async (t) => {
  const playout = new Playout(options())
  playout.enqueue(speech(1, 0, 50 * MS), 1)
  t.equal(playout.due(0), null)
  t.equal(playout.due(100), null)
  playout.enqueue(speech(1, 50 * MS, 50 * MS), 1)
  t.equal(playout.due(120), null)
  t.equal(playout.due(279), null)
  const bytes = playout.due(280)
  t.same(bytes, Buffer.concat([bytesOf(speech(1, 0, 100 * MS)), Buffer.alloc(60 * MS * 2)]))
})

t.test('within a turn the end of what there is goes out just in time', async (t) => {
  const playout = new Playout(options())
  playout.enqueue(speech(1, 0, 190 * MS), 1)
  playout.due(0)
  t.equal(playout.due(110), null, 'more may come')
  t.same(playout.due(120), Buffer.concat([bytesOf(speech(1, 160 * MS, 30 * MS)), Buffer.alloc(50 * MS * 2)]))
  t.equal(playout.due(140), null, 'the gap is not made longer than the portion')
})

t.test('it is known how much was heard, and when all will have been', async (t) => {
  const playout = new Playout(options())
  t.equal(playout.isDrained(0), true)
  playout.enqueue(speech(1, 0, 200 * MS), 1)
  playout.endTurn(1)
  t.equal(playout.drainedAtMs, null)
  playout.due(10)
  t.equal(playout.heardMs(60), 50)
  playout.due(90)
  t.equal(playout.drainedAtMs, 210)
  t.equal(playout.isDrained(209), false)
  t.equal(playout.isDrained(210), true)
  t.equal(playout.heardMs(400), 200)
})

t.test('what is beyond the bound is dropped and counted', async (t) => {
  const playout = new Playout(options(100))
  t.equal(playout.enqueue(speech(1, 0, 90 * MS), 1), 0)
  t.equal(playout.enqueue(speech(1, 0, 30 * MS), 1), 20 * MS)
  t.equal(playout.queuedMs, 100)
})

t.test('a lead of less than two portions is refused', async (t) => {
  t.throws(() => new Playout({ ...options(), leadMs: 80 }), RangeError)
})

function same (played: Int16Array, said: Int16Array[]): boolean {
  return Buffer.from(bytesOf(Int16Array.from(played))).equals(Buffer.concat(said.map(bytesOf)))
}

t.test('a barge-in over a protected turn drops only what waits behind it', async (t) => {
  const playout = new Playout(options())
  playout.enqueue(speech(1, 0, 400 * MS), 1)
  playout.endTurn(1)
  const sent: number[] = [...samplesOf(playout.due(0)!)]
  playout.enqueue(speech(2, 0, 200 * MS), 2)
  t.same(playout.flush(20, 2), { heardMs: 0, droppedMs: 200, padding: null })
  for (let now = 40; now < 800; now += 20) sent.push(...samplesOf(playout.due(now) ?? new Uint8Array(0)))
  t.same(sent.filter(sample => sample !== 0), [...speech(1, 0, 400 * MS)], 'the protected turn is whole, and alone')
  t.ok(playout.isDrained(800))
  t.not(playout.flush(800, 2).padding, null, 'once it is played there is nothing left to protect')
})
