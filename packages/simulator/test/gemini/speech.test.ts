import { dominantHz, sinadDb, tone } from '@karani/audio'
import t from 'tap'
import { echoCodeBrain, echoHz, ONE_BURST, scriptBrain, toneBrain, toneSpeech, type CreateBrain, type GeminiBehaviour } from '../../src/gemini/index.ts'
import { ready, start } from './raw-client.ts'

t.test('a turn is speech, generationComplete, and turnComplete with usage when it should have been heard', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 200 }) })
  const client = await ready(t, gemini)
  client.speak()
  const generated = await client.until((json) => json.serverContent?.generationComplete)
  const complete = await client.untilTurnComplete()
  const first = client.received.find(({ json }) => json.serverContent?.modelTurn)
  t.same(client.story(), ['setupComplete', 'modelTurn', 'generationComplete', 'turnComplete', 'usageMetadata'])
  t.ok(complete.atMs - first!.atMs >= 195, 'playback is waited for')
  t.ok(generated.atMs < complete.atMs)
  t.match(complete.json.usageMetadata, { promptTokenCount: 38, responseTokenCount: 5, totalTokenCount: 43, promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 38 }] })
})

t.test('the speech is 24 kHz whatever the caller sent', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 300 }) })
  const client = await ready(t, gemini)
  client.hear(tone(400, 500, 8_000), 'audio/pcm;rate=8000', 160)
  client.hear(new Int16Array(8_000), 'audio/pcm;rate=8000', 160)
  await client.untilTurnComplete()
  t.equal(client.speech().length, 7_200)
  t.ok(sinadDb(client.speech(), 1_000, 24_000) > 60)
  t.ok(client.received.every(({ json }) => json.serverContent?.modelTurn?.parts.every(({ inlineData }) => inlineData?.mimeType === 'audio/pcm;rate=24000') ?? true))
})

t.test('the MIME type may lack the rate', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 20 }), behaviour: { audioMimeType: 'audio/pcm' } })
  const client = await ready(t, gemini)
  client.speak()
  await client.untilTurnComplete()
  t.match(client.received[1]?.json.serverContent?.modelTurn?.parts, [{ inlineData: { mimeType: 'audio/pcm' } }])
})

const CUTS: Array<[string, Partial<GeminiBehaviour>, number[]]> = [
  ['as traced', {}, [2, 2_400, 7_680, 9_600, 15_360, 12_958]],
  ['in one burst', ONE_BURST, [48_000]],
  ['in odd sizes', { chunkBytes: [2, 6, 4_802, 14, 43_200] }, [2, 6, 4_802, 14, 43_176]]
]
for (const [how, behaviour, sizes] of CUTS) {
  t.test(`one second of speech is cut ${how}`, async (t) => {
    const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 1_000 }), behaviour: { ...behaviour, turnComplete: 'at-once' } })
    const client = await ready(t, gemini)
    client.speak()
    await client.untilTurnComplete()
    t.same(client.chunks().map(({ length }) => length), sizes)
    t.same(client.speech(), tone(1_000, 1_000, 24_000))
  })
}

t.test('speech is sent faster than real time, at the set speed', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 600 }), behaviour: { speed: 4, chunkBytes: [2_400], turnComplete: 'at-once' } })
  const client = await ready(t, gemini)
  client.speak()
  await client.untilTurnComplete()
  const pieces = client.received.filter(({ json }) => json.serverContent?.modelTurn)
  const tookMs = pieces.at(-1)!.atMs - pieces[0]!.atMs
  t.equal(pieces.length, 12)
  t.ok(tookMs > 550 / 4 - 15, `${tookMs} ms`)
})

t.test('the first audio waits, and slow answers wait longer', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 20 }), behaviour: { firstAudioMs: [40, 40], slowAnswers: { share: 1, extraMs: 60 } } })
  const client = await ready(t, gemini)
  client.speak()
  await client.untilTurnComplete()
  const { log } = await gemini.session(1)
  t.ok(log.all('speaking')[0]!.atMs - log.all('speech-ended')[0]!.atMs >= 100)
})

t.test('a brain may stream its speech, and its thinking counts towards the first audio', async (t) => {
  const createBrain: CreateBrain = () => ({
    onSpeechEnd: (turn) => {
      const halves = async function * (): AsyncGenerator<Int16Array> {
        yield tone(1_000, 100, 24_000)
        yield tone(1_000, 100, 24_000)
      }
      turn.say({ audio: halves() }).catch(t.fail)
    }
  })
  const gemini = await start(t, { createBrain, behaviour: ONE_BURST })
  const client = await ready(t, gemini)
  client.speak()
  await client.untilTurnComplete()
  t.same(client.chunks().map(({ length }) => length), [4_800, 4_800])
})

const TRANSCRIPTS: Array<[GeminiBehaviour['outputTranscript'], string[]]> = [
  ['beside', ['modelTurn', 'outputTranscription', 'modelTurn', 'outputTranscription', 'generationComplete']],
  ['ahead', ['outputTranscription', 'modelTurn', 'generationComplete']],
  ['behind', ['modelTurn', 'outputTranscription', 'generationComplete']]
]
for (const [outputTranscript, order] of TRANSCRIPTS) {
  t.test(`output transcription comes ${outputTranscript} the audio, unasked on 3.8`, async (t) => {
    const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 20, text: 'Good morning, Akinyi.' }), behaviour: { outputTranscript, chunkBytes: [480] } })
    const client = await ready(t, gemini)
    client.speak()
    await client.untilTurnComplete()
    t.same(client.story().slice(1, 1 + order.length), order)
    const said = client.received.flatMap(({ json }) => json.serverContent?.outputTranscription ?? [])
    t.equal(said.map(({ text }) => text).join(''), 'Good morning, Akinyi.')
    t.notOk(said.some(({ finished }) => finished))
  })
}

t.test('transcription of older models comes in words, is finished, and only when asked for', async (t) => {
  const behaviour: Partial<GeminiBehaviour> = { inputTranscript: 'words', finishedTranscripts: true }
  const gemini = await start(t, { createBrain: scriptBrain({ speech: [{ heard: 'where is my parcel', say: toneSpeech({ hz: 500, ms: 20, text: 'Here.' }) }] }), behaviour })
  const native = 'models/gemini-2.5-flash-native-audio-latest'
  const client = await ready(t, gemini, { model: native, inputAudioTranscription: {} })
  const other = await ready(t, gemini, { model: native })
  for (const each of [client, other]) {
    each.speak()
    await each.untilTurnComplete()
  }
  t.same(client.received.flatMap(({ json }) => json.serverContent?.inputTranscription ?? []), [{ text: 'where' }, { text: ' is' }, { text: ' my' }, { text: ' parcel', finished: true }])
  t.notMatch(client.story(), ['outputTranscription'])
  t.notOk(other.received.some(({ json }) => json.serverContent?.inputTranscription ?? json.serverContent?.outputTranscription))
})

const REPLIES: Array<[GeminiBehaviour['replies'], object]> = [
  ['empty', { serverContent: { turnComplete: true } }],
  ['rejected', { serverContent: { turnComplete: true, turnCompleteReason: 'RESPONSE_REJECTED' } }]
]
for (const [replies, last] of REPLIES) {
  t.test(`an ${replies} reply is a turnComplete without speech`, async (t) => {
    const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 20, text: 'never heard' }), behaviour: { replies, usage: false } })
    const client = await ready(t, gemini)
    client.speak()
    const { json } = await client.untilTurnComplete()
    t.same(json, last)
    t.same(client.story(), ['setupComplete', ...Object.keys(last).flatMap(() => Object.keys(json.serverContent!))])
  })
}

t.test('a silent reply has its full length and no sound', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 20 }), behaviour: { replies: 'silent' } })
  const client = await ready(t, gemini)
  client.speak()
  await client.untilTurnComplete()
  t.same(client.speech(), new Int16Array(480))
})

t.test('turnComplete can be missing: the next turn comes all the same', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 20 }), behaviour: { turnComplete: 'never' } })
  const client = await ready(t, gemini)
  client.speak()
  await (await gemini.session(1)).log.until('turn-complete')
  client.speak()
  await client.until((json) => json.serverContent?.generationComplete, 2)
  t.notOk(client.received.some(({ json }) => json.serverContent?.turnComplete))
})

t.test('two callers with distinct tones each get their own echo', async (t) => {
  const gemini = await start(t, { createBrain: echoCodeBrain({ ms: 200 }) })
  await Promise.all([430, 610, 790].map(async (hz) => {
    const client = await ready(t, gemini)
    client.speak(hz)
    await client.untilTurnComplete()
    t.ok(Math.abs(dominantHz(client.speech(), 24_000) - echoHz(hz)) < 3, `${hz} Hz`)
  }))
})

t.test('the brain may speak unasked, once the session is ready', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain({ opening: { say: toneSpeech({ hz: 1_000, ms: 20 }) } }) })
  const client = await ready(t, gemini)
  await client.untilTurnComplete()
  t.same(client.story(), ['setupComplete', 'modelTurn', 'generationComplete', 'turnComplete', 'usageMetadata'])
})

t.test('the whole context is billed again in every turn, until it is compressed', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 40 }), behaviour: { turnComplete: 'at-once', silenceDurationMs: 1_000 } })
  const client = await ready(t, gemini, { contextWindowCompression: { triggerTokens: '100', slidingWindow: { targetTokens: '10' } } })
  const prompts: number[] = []
  for (const nth of [1, 2, 3, 4]) {
    client.speak()
    prompts.push((await client.untilTurnComplete(nth)).json.usageMetadata!.promptTokenCount)
  }
  t.same(prompts, [38, 76, 115, 48])
})
