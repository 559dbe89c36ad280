import { tone } from '@karani/audio'
import { CLOSES, recordedPhone, scriptBrain, silentPhone, toneSpeech, type Fault } from '@karani/simulator'
import t from 'tap'
import { afterOpening, heardSpans, loudMs, loudSpans, silence } from './hearing.ts'
import { startWorld } from './world.ts'

/** What happens to the connection, and to how many attempts: a refusal that another attempt may not meet is tried once more. */
const setups: Array<[title: string, attempts: number, fault: Fault]> = [
  ['the model refuses the connection', 2, { at: 'connect' }],
  ['the model refuses the upgrade', 2, { at: 'upgrade', status: 503 }],
  ['the model never answers the upgrade', 1, { at: 'upgrade', status: 'never' }],
  ['the model refuses the setup', 1, { at: 'setup', mishap: { do: 'close', code: 1007, reason: 'API key not valid. Please pass a valid API key.' } }],
  ['the model closes during setup', 2, { at: 'setup', mishap: CLOSES.internalError }],
  ['the model drops during setup', 2, { at: 'setup', mishap: { do: 'drop' } }],
  ['the model stays silent at setup', 1, { at: 'setup', mishap: { do: 'stall' } }]
]

t.test('a model that cannot be reached', async (t) => {
  const world = await startWorld(t, { services: ['webhook-api', 'media-gateway'], brain: scriptBrain({}) })
  const calls = []
  for (const [title, attempts, fault] of setups) {
    for (let n = 0; n < attempts; n++) world.gemini.next({ fault })
    const call = await world.ring({ phone: silentPhone() })
    const apology = await world.happened(call.sessionId, entry => entry.type === 'clip' && entry.clip === 'apology')
    calls.push({ title, call, apology })
  }
  for (const { title, call, apology } of calls) {
    t.test(`${title}: an apology within 2 s, then a hang-up by REST`, async (t) => {
      t.equal((await call.ended).by, 'api')
      t.ok(apology.atMs < 2_000, `apology after ${apology.atMs} ms`)
      const [speech] = loudSpans(call.recording.played)
      t.ok(speech!.fromMs < 1_000, 'never in silence')
      t.ok(speech!.toMs > apology.atMs + 2_500, 'the apology is heard to its end')
    })
  }
})

t.test('a model that is lost in mid-call: the caller hears an apology and is hung up', async (t) => {
  const world = await startWorld(t, { services: ['webhook-api', 'media-gateway'], brain: scriptBrain({ speech: [{ say: toneSpeech({ hz: 800, ms: 4_000 }) }] }) })
  world.gemini.next({ fault: { at: 'speech', afterMs: 1_000, mishap: { do: 'drop' } } })
  const call = await world.ring({ phone: recordedPhone(afterOpening(tone(440, 500, 16_000), silence(20_000))) })
  t.equal((await call.ended).by, 'api')
  const spans = loudSpans(call.recording.played)
  t.ok(spans.at(-1)!.toMs - spans.at(-1)!.fromMs > 3_000, 'the apology is heard to its end')
})

t.test('malformed messages of the model are dropped, and the call goes on', async (t) => {
  const world = await startWorld(t, {
    services: ['webhook-api', 'media-gateway'],
    brain: session => ({
      onSpeechEnd: async turn => {
        session.fault({ do: 'send', data: '{not json' })
        session.fault({ do: 'send', data: JSON.stringify({ somethingNew: { a: 1 } }) })
        session.fault({ do: 'send', data: JSON.stringify({ serverContent: { modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: 42 } }, null, 'x'] } } }) })
        await turn.say(toneSpeech({ hz: 1_000, ms: 1_000 }))
      }
    })
  })
  const call = await world.ring({ phone: recordedPhone(afterOpening(tone(440, 500, 16_000), silence(4_000))) })
  const [, reply] = await heardSpans(call, 2)
  call.hangUp()
  await call.ended
  const heardMs = loudMs(call.recording.played, reply!) // without a gap that a busy machine may leave
  t.ok(Math.abs(heardMs - 1_000) < 50, `the reply is whole: ${heardMs} ms`)
})
