import { dominantHz, rms, sinadDb, tone, toneLevel } from '@karani/audio'
import t from 'tap'

t.test('a tone has the pitch, level and purity it was made with', async (t) => {
  for (const hz of [110, 440.5, 1_000, 3_333]) {
    const samples = tone(hz, 777, 16_000, 0.25)
    t.ok(Math.abs(dominantHz(samples, 16_000) - hz) < 0.1, `${dominantHz(samples, 16_000)} Hz`)
    t.ok(Math.abs(toneLevel(samples, hz, 16_000) - 0.25) < 1e-4)
    t.ok(Math.abs(rms(samples) - 0.25 / Math.SQRT2) < 1e-3)
    t.ok(sinadDb(samples, hz, 16_000) > 80)
  }
})

t.test('noise of a known strength lowers the SINAD to what it must be, an offset does not', async (t) => {
  const clean = tone(1_000, 1_000, 16_000, 0.5)
  const noise = tone(2_345, 1_000, 16_000, 0.005)
  const both = clean.map((sample, n) => sample + noise[n]! + 500)
  t.ok(Math.abs(sinadDb(both, 1_000, 16_000) - 40) < 0.1)
  t.ok(Math.abs(toneLevel(both, 2_345, 16_000) - 0.005) < 1e-4)
})

t.test('a tone that is not there has no level', async (t) => {
  t.ok(toneLevel(tone(1_000, 500, 16_000), 1_500, 16_000) < 1e-4)
  t.equal(rms(new Int16Array(0)), 0)
  t.equal(rms(new Int16Array(320)), 0)
})
