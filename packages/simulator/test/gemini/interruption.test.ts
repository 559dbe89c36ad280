import { tone } from '@karani/audio'
import t from 'tap'
import { ONE_BURST, scriptBrain, toneBrain, toneSpeech, type CreateBrain, type Turn } from '../../src/gemini/index.ts'
import { ready, start, type RawClient } from './raw-client.ts'

const LONG = toneBrain({ hz: 1_000, ms: 10_000 })
const isSpeech = (json: RawClient['received'][number]['json']): unknown => json.serverContent?.modelTurn

t.test('a caller who speaks during generation cuts it: interrupted, then turnComplete without generationComplete', async (t) => {
  const gemini = await start(t, { createBrain: LONG, behaviour: { speed: 2 } })
  const client = await ready(t, gemini)
  client.speak()
  await client.until(isSpeech, 3)
  client.hear(tone(400, 200, 16_000))
  await client.untilTurnComplete()
  t.same(client.story(), ['setupComplete', 'modelTurn', 'interrupted', 'turnComplete', 'usageMetadata'])
  t.ok(client.speech().length < 240_000, 'the rest is discarded')
})

t.test('a caller who speaks during assumed playback cuts it as well', async (t) => {
  const gemini = await start(t, { createBrain: LONG, behaviour: ONE_BURST })
  const client = await ready(t, gemini)
  client.speak()
  await client.until((json) => json.serverContent?.generationComplete)
  client.hear(tone(400, 200, 16_000))
  await client.untilTurnComplete()
  t.same(client.story().slice(-3), ['interrupted', 'turnComplete', 'usageMetadata'])
})

t.test('a caller who goes on before the answer began cuts it too, and the next turn answers', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 20 }), behaviour: { firstAudioMs: [1_000, 1_000] } })
  const client = await ready(t, gemini)
  client.speak()
  client.speak()
  await client.until((json) => json.serverContent?.generationComplete)
  t.same(client.story(), ['setupComplete', 'interrupted', 'turnComplete', 'usageMetadata', 'modelTurn', 'generationComplete'])
})

t.test('the interruption comes a while after the onset', async (t) => {
  const gemini = await start(t, { createBrain: LONG, behaviour: { ...ONE_BURST, bargeInMs: 180, prefixPaddingMs: 100 } })
  const client = await ready(t, gemini)
  client.speak()
  await client.until(isSpeech)
  client.hear(tone(400, 200, 16_000))
  await client.untilTurnComplete()
  const { log } = await gemini.session(1)
  t.ok(log.all('interrupted')[0]!.atMs - log.all('speech-started')[1]!.atMs >= 79)
})

t.test('a knock does not interrupt', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 200 }) })
  const client = await ready(t, gemini)
  client.speak()
  await client.until(isSpeech)
  client.hear(tone(400, 60, 16_000))
  client.hear(new Int16Array(3_200))
  client.hear(tone(400, 60, 16_000))
  await client.untilTurnComplete()
  t.notOk(client.received.some(({ json }) => json.serverContent?.interrupted))
})

t.test('NO_INTERRUPTION lets the model finish; the caller is answered afterwards', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 100 }) })
  const client = await ready(t, gemini, { realtimeInputConfig: { activityHandling: 'NO_INTERRUPTION' } })
  client.speak()
  await client.until(isSpeech)
  client.speak()
  await client.untilTurnComplete(2)
  t.same(client.story().slice(1), [1, 2].flatMap(() => ['modelTurn', 'generationComplete', 'turnComplete', 'usageMetadata']))
})

t.test('stale audio may follow interrupted, or come in the same message', async (t) => {
  for (const [staleAudio, story] of [['after-interrupted', ['interrupted', 'modelTurn']], ['in-interrupted', ['modelTurn', 'interrupted']]] as const) {
    const gemini = await start(t, { createBrain: LONG, behaviour: { speed: 2, staleAudio } })
    const client = await ready(t, gemini)
    client.speak()
    await client.until(isSpeech, 3)
    client.hear(tone(400, 200, 16_000))
    await client.until((json) => json.serverContent?.interrupted)
    const from = client.received.findIndex(({ json }) => json.serverContent?.interrupted)
    await client.untilTurnComplete()
    const after = client.received.slice(from).flatMap(({ json }) => Object.keys(json.serverContent ?? {}))
    t.same(after, [...story, 'turnComplete'])
  }
})

t.test('the model may freeze after an interruption', async (t) => {
  const gemini = await start(t, { createBrain: LONG, behaviour: { ...ONE_BURST, freezeAfterInterruption: true } })
  const client = await ready(t, gemini)
  client.speak()
  await client.until(isSpeech)
  client.speak()
  await client.untilTurnComplete()
  await (await gemini.session(1)).log.until('generation-complete', 2)
  t.equal(client.story().at(-1), 'usageMetadata')
})

t.test('an open tool call is given up, and its late answer changes nothing', async (t) => {
  const speech = [{ say: toneSpeech({ hz: 500, ms: 20 }), call: [{ id: 'c1', name: 'getAccount', args: {} }], meanwhile: toneSpeech({ hz: 500, ms: 5_000 }) }]
  const gemini = await start(t, { createBrain: scriptBrain({ speech }), behaviour: ONE_BURST })
  const client = await ready(t, gemini)
  client.speak()
  await client.until((json) => json.toolCall)
  client.hear(tone(400, 200, 16_000))
  const { json } = await client.until((json) => json.toolCallCancellation)
  t.same(json.toolCallCancellation?.ids, ['c1'])
  client.send({ toolResponse: { functionResponses: [{ id: 'c1', name: 'getAccount', response: { output: {} } }] } })
  const { log } = await gemini.session(1)
  t.equal((await log.until('tool-response')).verdict, 'cancelled')
  t.same(client.story().slice(-5), ['generationComplete', 'interrupted', 'toolCallCancellation', 'turnComplete', 'usageMetadata'])
})

t.test('what a brain does with a cut turn never reaches the next one', async (t) => {
  const turns: Turn[] = []
  const interrupted: Turn[] = []
  const createBrain: CreateBrain = () => ({
    onSpeechEnd: async (turn) => {
      turns.push(turn)
      await turn.say(toneSpeech({ hz: 1_000, ms: turns.length === 1 ? 20_000 : 300 }))
      turns[0]!.heard('late')
      turns[0]!.callTools([{ name: 'late', args: {} }])
      await turns[0]!.say(toneSpeech({ hz: 1_000, ms: 300 }))
    },
    onInterrupted: (turn) => { interrupted.push(turn) }
  })
  const gemini = await start(t, { createBrain, behaviour: { speed: 5, turnComplete: 'at-once', chunkBytes: [2_400] } })
  const client = await ready(t, gemini, { inputAudioTranscription: {} })
  client.speak()
  await client.until(isSpeech)
  client.speak()
  await client.untilTurnComplete(2)
  t.same(interrupted, [turns[0]])
  t.ok(turns[0]?.signal.aborted)
  const { log } = await gemini.session(1)
  t.equal(log.all('turn-complete')[1]?.audioMs, 300)
  t.notOk(client.received.some(({ json }) => json.toolCall ?? json.serverContent?.inputTranscription))
})

t.test('speech whose source never ends or fails stops with the turn', async (t) => {
  const createBrain: CreateBrain = () => ({
    onSpeechEnd: async (turn) => {
      const endless = async function * (): AsyncGenerator<Int16Array> {
        yield tone(1_000, 100, 24_000)
        await new Promise((resolve) => turn.signal.addEventListener('abort', resolve))
        throw new Error('cut')
      }
      await turn.say({ audio: endless() })
    }
  })
  const gemini = await start(t, { createBrain })
  const client = await ready(t, gemini)
  client.speak()
  await client.until(isSpeech)
  client.speak()
  await client.until(isSpeech, 2)
  t.notOk((await gemini.session(1)).log.all('brain-failed').length)
})
