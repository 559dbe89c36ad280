import { concatSamples, Resampler, sinadDb, tone, toneLevel } from '@karani/audio'
import fc from 'fast-check'
import t from 'tap'

const RATES = [[24_000, 16_000], [16_000, 24_000], [8_000, 16_000], [16_000, 8_000], [24_000, 8_000], [22_050, 16_000], [48_000, 16_000]] as const

function resample (samples: Int16Array, fromHz: number, toHz: number, chunk = samples.length): Int16Array {
  const resampler = new Resampler({ fromHz, toHz })
  const parts: Int16Array[] = []
  for (let at = 0; at < samples.length; at += chunk) parts.push(resampler.push(samples.subarray(at, at + chunk)))
  return concatSamples([...parts, resampler.flush()])
}

/** Without the first and last 10 ms, where the filter meets the silence around the stream. */
function inside (samples: Int16Array, rate: number): Int16Array {
  return samples.subarray(rate / 100, -rate / 100)
}

for (const [fromHz, toHz] of RATES) {
  t.test(`${fromHz} -> ${toHz} Hz leaves a 1 kHz tone what it was, over 80 dB clean`, async (t) => {
    const heard = inside(resample(tone(1_000, 500, fromHz, 0.5), fromHz, toHz), toHz)
    t.ok(sinadDb(heard, 1_000, toHz) > 80, `${sinadDb(heard, 1_000, toHz)} dB`)
    t.ok(Math.abs(toneLevel(heard, 1_000, toHz) - 0.5) < 0.001)
  })

  t.test(`${fromHz} -> ${toHz} Hz keeps the length, rounded up to a whole sample`, async (t) => {
    for (const length of [0, 1, 2, 3, 23, 24, 25, 480, 4_801]) {
      t.equal(resample(new Int16Array(length), fromHz, toHz).length, Math.ceil(length * toHz / fromHz))
    }
  })
}

t.test('a click stays where it was in time', async (t) => {
  const click = new Int16Array(2_400)
  click[1_200] = 30_000
  const heard = resample(click, 24_000, 16_000)
  t.equal(heard.indexOf(heard.reduce((loudest, sample) => Math.max(loudest, sample))), 800)
})

t.test('what 16 kHz cannot carry does not fold back', async (t) => {
  for (const [hz, db] of [[9_000, -75], [10_000, -80], [11_500, -80]] as const) {
    const level = toneLevel(inside(resample(tone(hz, 500, 24_000, 0.5), 24_000, 16_000), 16_000), 16_000 - hz, 16_000)
    t.ok(20 * Math.log10(level / 0.5) < db, `${hz} Hz: ${20 * Math.log10(level / 0.5)} dB`)
  }
})

t.test('speech up to 6.5 kHz passes unweakened', async (t) => {
  for (const hz of [100, 3_000, 6_000, 6_500]) {
    const level = toneLevel(inside(resample(tone(hz, 500, 24_000, 0.5), 24_000, 16_000), 16_000), hz, 16_000)
    t.ok(Math.abs(20 * Math.log10(level / 0.5)) < 1, `${hz} Hz: ${20 * Math.log10(level / 0.5)} dB`)
  }
})

t.test('an overshoot is clamped, not wrapped', async (t) => {
  const square = Int16Array.from({ length: 2_400 }, (_, n) => n % 48 < 24 ? 32_767 : -32_768)
  const heard = resample(square, 24_000, 16_000)
  heard.forEach((sample, n) => { if (n > 32 && n < 1_568 && n % 32 > 2 && n % 32 < 13) t.ok(sample > 20_000) })
})

t.test('the output does not depend on how the input is cut into chunks', async () => {
  fc.assert(fc.property(
    fc.constantFrom(...RATES),
    fc.array(fc.int16Array({ maxLength: 700 }), { maxLength: 12 }),
    ([fromHz, toHz], chunks) => {
      const resampler = new Resampler({ fromHz, toHz })
      const pieces = concatSamples([...chunks.map((chunk) => resampler.push(chunk)), resampler.flush()])
      const whole = resample(concatSamples(chunks), fromHz, toHz)
      return Buffer.from(pieces.buffer).equals(Buffer.from(whole.buffer))
    }
  ))
})

t.test('after a reset or a flush nothing of the old stream sounds', async (t) => {
  const resampler = new Resampler({ fromHz: 24_000, toHz: 16_000 })
  resampler.push(tone(440, 33, 24_000))
  resampler.reset()
  const noise = Int16Array.from({ length: 960 }, (_, n) => (n * 7_919) % 20_000)
  const expected = resample(noise, 24_000, 16_000)
  t.same(concatSamples([resampler.push(noise), resampler.flush()]), expected)
  t.same(concatSamples([resampler.push(noise), resampler.flush()]), expected)
})

t.test('a rate that is none is refused', async (t) => {
  t.throws(() => new Resampler({ fromHz: 0, toHz: 16_000 }), RangeError)
  t.throws(() => new Resampler({ fromHz: 24_000, toHz: 0.5 }), RangeError)
})
