import { rms, tone } from '@karani/audio'
import { carrierPresets, ONE_BURST, recordedPhone, scriptBrain, toneSpeech, type CarrierBehaviour } from '@karani/simulator'
import t from 'tap'
import { afterOpening, loudMs, loudSpans, silence } from './hearing.ts'
import { startWorld } from './world.ts'

/** The worst carrier, but for the callbacks, which have tests of their own. */
const { preBuffer, honours, framing, metadataKeys, openMetadataFrame } = carrierPresets.hostile
const carriers: Array<[name: string, behaviour: Partial<CarrierBehaviour>]> = [
  ['a carrier as it was observed', {}],
  ['a hostile carrier', { preBuffer, honours, framing, metadataKeys, openMetadataFrame }]
]

t.test('a caller who interrupts a reply of 10 s that came in one burst hears at most 80 ms more of it', async (t) => {
  const world = await startWorld(t, {
    services: ['webhook-api', 'media-gateway'],
    model: { ...ONE_BURST, firstAudioMs: [50, 50], bargeInMs: 200, staleAudio: 'after-interrupted' },
    brain: scriptBrain({ speech: [{ say: toneSpeech({ hz: 1_000, ms: 10_000 }) }, { say: toneSpeech({ hz: 600, ms: 500 }) }, { call: [{ name: 'endCall', args: {} }] }] })
  })
  for (const [name, behaviour] of carriers) {
    t.test(`on ${name}`, async (t) => {
      const sessions = world.gemini.sessions.length
      const question = tone(440, 600, 16_000)
      const call = await world.ring({ phone: recordedPhone(afterOpening(question, silence(3_000), question, silence(3_000), question, silence(4_000))), behaviour })
      await call.ended
      const session = await world.gemini.session(sessions + 1)
      const { played, kills } = call.recording
      t.equal(session.log.all('interrupted').length, 1)
      t.ok(kills.length >= 1, 'the carrier was told to drop what it holds')
      const killMs = kills[0]! / 16
      const spans = loudSpans(played.subarray(0, Math.round((killMs + 5_000) * 16)), 100)
      const reply = spans.find(({ fromMs, toMs }) => fromMs < killMs - 500 && toMs > killMs - 200)!
      t.ok(reply.toMs - killMs <= 80, `${(reply.toMs - killMs).toFixed(0)} ms heard after the barge-in`)
      t.ok(killMs - reply.fromMs < 4_000, 'the reply had been sent far ahead, and was cut')
      const leaked = played.subarray(Math.round((killMs + 80) * 16), Math.round((killMs + 300) * 16))
      t.ok(rms(leaked) < 0.001, 'nothing of the cut reply leaks out later')
      const next = spans.find(({ fromMs }) => fromMs > killMs + 80)!
      t.ok(Math.abs(loudMs(played, next) - 500) < 30, `the next reply is whole and alone: ${loudMs(played, next)} ms`)
    })
  }
})
