import { tone, toneLevel } from '@karani/audio'
import { echoCodeBrain, echoHz, recordedPhone } from '@karani/simulator'
import t from 'tap'
import { afterOpening, heardSpans, silence } from './hearing.ts'
import { COURIER_LINE } from './lines.ts'
import { startWorld } from './world.ts'

t.test('two calls at once never hear a sample of each other', async (t) => {
  const world = await startWorld(t, { services: ['webhook-api', 'media-gateway'], brain: echoCodeBrain({ ms: 1_500 }) })
  const pitches = [440, 700]
  const calls = await Promise.all(pitches.map(async (hz, i) => await world.ring({
    phone: recordedPhone(afterOpening(tone(hz, 1_000, 16_000), silence(4_000))),
    ...(i === 1 && { to: COURIER_LINE, from: '+254722000002' })
  })))
  await Promise.all(calls.map(async call => await heardSpans(call, 2)))
  for (const call of calls) call.hangUp()
  await Promise.all(calls.map(async call => await call.ended))

  t.equal(world.gemini.sessions.length, 2)
  for (const [i, call] of calls.entries()) {
    const reply = call.recording.played.subarray(6_500 * 16)
    const own = echoHz(pitches[i]!)
    const foreign = echoHz(pitches[1 - i]!)
    t.ok(toneLevel(loudest(reply, own), own, 16_000) > 0.4, `call ${i} hears its own echo`)
    for (let ms = 0; ms + 100 < reply.length / 16; ms += 100) {
      const level = toneLevel(reply.subarray(ms * 16, (ms + 100) * 16), foreign, 16_000)
      if (level > 0.01) t.fail(`call ${i} hears the other at ${ms} ms: ${level}`)
    }
    for (const pitch of pitches) {
      const level = toneLevel(loudest(world.gemini.sessions[i]!.heard.samples(), pitch), pitch, 16_000)
      t.equal(level > 0.01, level > 0.4, 'a model hears a caller clearly or not at all')
    }
  }
  const heard = world.gemini.sessions.map(({ heard }) => pitches.map(hz => toneLevel(loudest(heard.samples(), hz), hz, 16_000) > 0.4))
  t.same(heard.map(row => row.filter(Boolean).length), [1, 1], 'each model hears exactly one caller')
})

/** The second in which `hz` is strongest. */
function loudest (samples: Int16Array, hz: number): Int16Array {
  let best = samples.subarray(0, 16_000)
  for (let at = 0; at + 16_000 <= samples.length; at += 1_600) {
    const part = samples.subarray(at, at + 16_000)
    if (toneLevel(part, hz, 16_000) > toneLevel(best, hz, 16_000)) best = part
  }
  return best
}
