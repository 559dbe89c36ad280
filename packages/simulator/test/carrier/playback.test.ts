import fc from 'fast-check'
import t from 'tap'
import { Playback } from '../../src/carrier/playback.ts'

const NONE = { dryMs: 0, flowingMs: 0, clearedByKill: true }
const HELD = { dryMs: 160, flowingMs: 80, clearedByKill: false }
const MS = 16

const ramp = (length: number, from = 1): Int16Array => Int16Array.from({ length }, (_, n) => (from + n) % 30_000 + 1)
const bytes = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
const play = (playback: Playback, ticks = 1): Int16Array => {
  const heard = new Int16Array(320 * ticks)
  for (let n = 0; n < ticks; n++) playback.play(heard.subarray(320 * n, 320 * (n + 1)))
  return heard
}

t.test('any cut of the bytes plays the same samples', async t => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 20 }), cuts => {
    const samples = ramp(cuts.reduce((sum, cut) => sum + cut, 0) >> 1)
    const whole = bytes(samples)
    const playback = new Playback({ rateHz: 16_000, preBuffer: NONE })
    let at = 0
    for (const cut of cuts) playback.push(new Uint8Array(whole.subarray(at, at += cut)))
    const heard = play(playback, Math.ceil(samples.length / 320) + 1)
    t.same(heard.subarray(0, samples.length), samples)
    t.ok(heard.subarray(samples.length).every(sample => sample === 0))
  }), { numRuns: 50 })
})

t.test('a dry pre-buffer holds 160 ms back, a flowing one 80 ms', async t => {
  const playback = new Playback({ rateHz: 16_000, preBuffer: HELD })
  playback.push(bytes(ramp(159 * MS)))
  t.ok(play(playback).every(sample => sample === 0))
  playback.push(bytes(ramp(MS, 159 * MS)))
  t.same(play(playback, 4), ramp(80 * MS))
  playback.push(bytes(ramp(79 * MS)))
  t.equal(playback.queuedMs, 80 + 79)
  t.ok(play(playback, 8).subarray(80 * MS).every(sample => sample === 0), 'a short tail is not played')
  playback.push(bytes(ramp(81 * MS)))
  t.ok(play(playback).some(sample => sample !== 0), 'until more audio follows')
})

t.test('audio sent faster than real time queues without a limit', async t => {
  const playback = new Playback({ rateHz: 16_000, preBuffer: NONE })
  for (let n = 0; n < 600; n++) playback.push(bytes(ramp(1000 * MS)))
  t.equal(playback.queuedMs, 600_000)
})

t.test('killAudio drops the queue, and the pre-buffer only where the behaviour says so', async t => {
  for (const clearedByKill of [true, false]) {
    const playback = new Playback({ rateHz: 16_000, preBuffer: { ...HELD, clearedByKill } })
    playback.push(bytes(ramp(1000 * MS)))
    playback.push(bytes(ramp(40 * MS)))
    playback.kill()
    t.equal(playback.queuedMs, clearedByKill ? 0 : 40)
    t.ok(play(playback).every(sample => sample === 0))
  }
})

t.test('a mark is reached when all audio before it has been played', async t => {
  const playback = new Playback({ rateHz: 16_000, preBuffer: NONE })
  playback.push(bytes(ramp(40 * MS)))
  t.ok(playback.mark('a'))
  const frame = new Int16Array(320)
  t.same(playback.play(frame), [])
  t.same(playback.play(frame), [{ name: 'a', event: 'playout' }])
  playback.push(bytes(ramp(40 * MS)))
  playback.mark('b')
  t.same(playback.kill(), [{ name: 'b', event: 'cleared' }])
  playback.mark('c')
  t.same(playback.play(frame), [{ name: 'c', event: 'playout' }], 'also behind a kill')
  playback.mark('d')
  playback.clearMarks()
  t.same(playback.play(frame), [])
})

t.test('at most 30 marks are remembered', async t => {
  const playback = new Playback({ rateHz: 16_000, preBuffer: NONE })
  playback.push(bytes(ramp(MS)))
  t.same(Array.from({ length: 31 }, (_, n) => playback.mark(String(n))).indexOf(false), 30)
})
