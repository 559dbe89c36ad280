import { dominantHz, rms, sinadDb, tone } from '@karani/audio'
import { recordedPhone, scriptBrain, toneSpeech } from '@karani/simulator'
import pg from 'pg'
import t from 'tap'
import { afterOpening, loudMs, loudSpans, settledRecord } from './hearing.ts'
import { startWorld } from './world.ts'

t.test('a caller is answered, asks, hears a tone of the right pitch, and the call leaves a record', async (t) => {
  const world = await startWorld(t, {
    brain: scriptBrain({
      speech: [{
        heard: 'What is my balance?',
        call: [{ id: 'call-1', name: 'getAccount', args: {} }],
        answered: { say: toneSpeech({ hz: 1_000, ms: 2_000, text: 'One moment.' }), call: [{ id: 'call-2', name: 'endCall', args: {} }] }
      }]
    })
  })
  const call = await world.ring({ phone: recordedPhone(afterOpening(tone(440, 1_000, 16_000))) })
  const end = await call.ended
  t.equal(end.by, 'api', 'the clerk hung up, through the carrier\'s REST API')

  const { played, caller } = call.recording
  t.equal(played.length, caller.length)
  const spans = loudSpans(played)
  t.ok(spans[0]!.fromMs < 500, `the opening is heard at once: ${spans[0]!.fromMs} ms`)
  const reply = spans.at(-1)!
  const steady = played.subarray((reply.fromMs + 200) * 16, (reply.toMs - 200) * 16)
  t.ok(Math.abs(dominantHz(steady, 16_000) - 1_000) < 1, `1 kHz generated at 24 kHz is ${dominantHz(steady, 16_000).toFixed(1)} Hz`)
  t.ok(sinadDb(steady, 1_000, 16_000) > 60, `SNR ${sinadDb(steady, 1_000, 16_000).toFixed(1)} dB`)
  t.ok(Math.abs(loudMs(played, reply) - 2_000) < 40, `all of it is heard: ${loudMs(played, reply)} ms`)
  t.ok(rms(steady) > 0.3)

  const [session] = world.gemini.sessions
  const answers = session!.log.all('tool-response')
  t.same(answers.map(({ id, verdict }) => [id, verdict]), [['call-1', 'accepted'], ['call-2', 'accepted']])
  t.match(answers[0]!.response, { error: { code: 'VERIFICATION_REQUIRED' } }, 'an unverified caller learns nothing')
  await session!.log.until('closed')

  const database = new pg.Client({ connectionString: world.stack.settings['DATABASE_URL'] })
  await database.connect()
  t.teardown(async () => await database.end())
  const record = await settledRecord(database, call.sessionId, row => row.status === 'completed' && row.ended_by !== null)
  t.match(record, { agent: 'lender', ended_by: 'clerk', direction: 'inbound' })
  t.ok(record.duration_ms > 3_000)
  t.match(JSON.stringify(record), /What is my balance\?/)
  t.equal((await database.query('select count(*)::int as n from dialling.call_records where call_id = $1', [call.sessionId])).rows[0].n, 1)
})
