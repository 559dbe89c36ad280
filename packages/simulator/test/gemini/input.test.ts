import { concatSamples, rms, tone } from '@karani/audio'
import fc from 'fast-check'
import t from 'tap'
import { scriptBrain, toneBrain, type CreateBrain, type Utterance } from '../../src/gemini/index.ts'
import { VoiceActivity } from '../../src/gemini/hearing/voice-activity.ts'
import { ready, start } from './raw-client.ts'

const AUTOMATIC = (automaticActivityDetection: object): object => ({ realtimeInputConfig: { automaticActivityDetection } })

function listening (): { utterances: Utterance[], texts: string[], history: string[], createBrain: CreateBrain } {
  const utterances: Utterance[] = []
  const texts: string[] = []
  const history: string[] = []
  const createBrain: CreateBrain = () => ({
    onSpeechEnd: (_, utterance) => { utterances.push(utterance) },
    onText: (_, text) => { texts.push(text) },
    onHistory: (text) => { history.push(text) }
  })
  return { utterances, texts, history, createBrain }
}

function detect (pieces: Int16Array[], options = {}): { starts: number, utterances: Utterance[] } {
  let starts = 0
  const utterances: Utterance[] = []
  const detection = new VoiceActivity({ prefixPaddingMs: 100, silenceDurationMs: 500, levelDbfs: -45, ...options }, {
    onStart: () => { starts++ },
    onEnd: (utterance) => { utterances.push(utterance) }
  })
  for (const piece of pieces) detection.push(piece)
  return { starts, utterances }
}

t.test('an utterance is found where it is, however the audio is cut', async () => {
  const before = new Int16Array(16_000)
  const said = tone(300, 400, 16_000)
  const audio = concatSamples([before, said, new Int16Array(16_000)])
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1 }), (sizes) => {
    const pieces: Int16Array[] = []
    for (let at = 0, n = 0; at < audio.length; n++) {
      const piece = audio.subarray(at, at + sizes[n % sizes.length]!)
      pieces.push(piece)
      at += piece.length
    }
    const { starts, utterances: [utterance, ...others] } = detect(pieces)
    return starts === 1 && others.length === 0 && utterance?.startMs === 1_000 && utterance.endMs === 1_400 &&
      utterance.samples.length === 16 * (300 + 400 + 300) && rms(utterance.samples.subarray(4_800, 11_200)) > 0.3
  }), { numRuns: 50 })
})

t.test('no frames, no clock: a caller whose line goes quiet never stops speaking', async (t) => {
  t.same(detect([tone(300, 400, 16_000), new Int16Array(7_000)]), { starts: 1, utterances: [] })
})

t.test('short pauses do not end an utterance, and knocks do not begin one', async (t) => {
  const pause = new Int16Array(16 * 300)
  t.equal(detect([tone(300, 400, 16_000), pause, tone(300, 400, 16_000), pause, pause]).utterances.length, 1)
  t.equal(detect([tone(300, 80, 16_000), pause, tone(300, 80, 16_000), pause, pause]).starts, 0)
})

t.test('line noise is not speech', async (t) => {
  t.equal(detect([tone(300, 2_000, 16_000, 0.005)]).starts, 0)
})

t.test('an utterance keeps 60 s at most', async (t) => {
  const minute = tone(300, 70_000, 16_000)
  const { utterances } = detect([minute, new Int16Array(16_000)])
  t.equal(utterances[0]?.samples.length, 60 * 16_000)
})

t.test('the setup decides how much silence ends a turn, except where the model ignores it', async (t) => {
  for (const [model, ends] of [['models/gemini-3.8-live', true], ['models/gemini-3.1-flash-live-preview', false]] as const) {
    const { utterances, createBrain } = listening()
    const gemini = await start(t, { createBrain })
    const client = await ready(t, gemini, { model, ...AUTOMATIC({ silenceDurationMs: 200 }) })
    client.hear(tone(400, 300, 16_000))
    client.hear(new Int16Array(16 * 400))
    client.send({ realtimeInput: { text: 'behind the audio' } })
    await (await gemini.session(1)).log.until('text')
    t.equal(utterances.length, ends ? 1 : 0)
  }
})

t.test('low sensitivity does not hear a faint caller', async (t) => {
  for (const [sensitivity, hears] of [['START_SENSITIVITY_HIGH', 1], ['START_SENSITIVITY_LOW', 0]] as const) {
    const gemini = await start(t, listening())
    const client = await ready(t, gemini, AUTOMATIC({ startOfSpeechSensitivity: sensitivity }))
    client.hear(tone(400, 500, 16_000, 0.012))
    client.send({ realtimeInput: { text: 'behind the audio' } })
    const { log } = await gemini.session(1)
    await log.until('text')
    t.equal(log.all('speech-started').length, hears)
  }
})

t.test('audioStreamEnd ends the turn on 3.1, and on 3.8 only silence does', async (t) => {
  for (const [model, ends] of [['models/gemini-3.8-live', 0], ['models/gemini-3.1-flash-live-preview', 1]] as const) {
    const gemini = await start(t, listening())
    const client = await ready(t, gemini, { model })
    client.hear(tone(400, 500, 16_000))
    client.send({ realtimeInput: { audioStreamEnd: true } })
    const { log } = await gemini.session(1)
    await log.until('audio-stream-end')
    t.equal(log.all('speech-ended').length, ends)
  }
})

t.test('audio is interpreted at the rate it declares, and at 16 kHz when it declares none', async (t) => {
  for (const [mimeType, ms] of [['audio/pcm;rate=8000', 1_000], ['audio/pcm', 500], ['audio/pcm; rate=16000', 500], ['audio/pcm;rate=24000', 333]] as const) {
    const gemini = await start(t, listening())
    const client = await ready(t, gemini)
    client.hear(tone(400, 500, 16_000), mimeType)
    client.send({ realtimeInput: { text: 'behind the audio' } })
    const session = await gemini.session(1)
    await session.log.until('text')
    t.ok(Math.abs(session.heard.ms - ms) < 10, `${mimeType}: ${session.heard.ms} ms`)
    t.equal(session.heard.messages, 25)
    t.equal(session.heard.samples().length, session.heard.ms * 16)
    t.equal(session.log.all('audio-started')[0]?.mimeType, mimeType)
  }
})

t.test('a service that takes only 16 kHz says so', async (t) => {
  const gemini = await start(t, { ...listening(), behaviour: { inputRates: '16000-only' } })
  const client = await ready(t, gemini)
  client.hear(new Int16Array(160), 'audio/pcm;rate=8000')
  t.match(await client.closed, { code: 1007, reason: /16khz s16le pcm/ })
})

t.test('with detection disabled the client marks the speech, and audio outside the marks is dropped', async (t) => {
  const { utterances, createBrain } = listening()
  const gemini = await start(t, { createBrain })
  const client = await ready(t, gemini, AUTOMATIC({ disabled: true }))
  client.hear(tone(400, 500, 16_000))
  client.send({ realtimeInput: { activityStart: {} } })
  client.hear(tone(700, 200, 16_000))
  client.send({ realtimeInput: { activityEnd: {} } })
  client.hear(tone(400, 500, 16_000))
  await client.untilTurnComplete()
  t.match(utterances, [{ startMs: 500, endMs: 700 }])
  t.same(utterances[0]?.samples, tone(700, 200, 16_000))
})

t.test('activityStart interrupts', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 5_000 }) })
  const client = await ready(t, gemini, AUTOMATIC({ disabled: true }))
  client.send({ realtimeInput: { activityStart: {} } })
  client.send({ realtimeInput: { activityEnd: {} } })
  await client.until((json) => json.serverContent?.modelTurn)
  client.send({ realtimeInput: { activityStart: {} } })
  await client.until((json) => json.serverContent?.interrupted)
  client.send({ realtimeInput: { audioStreamEnd: true } })
  t.match(await client.closed, { code: 1007 }, 'and audioStreamEnd has no place here')
})

t.test('a text is answered, and cuts what is being said', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain({ texts: [{ say: { audio: tone(500, 5_000, 24_000) } }, { say: { audio: tone(600, 20, 24_000) } }] }) })
  const client = await ready(t, gemini)
  client.send({ realtimeInput: { text: 'The caller is on the line. Greet them.' } })
  await client.until((json) => json.serverContent?.modelTurn)
  client.send({ realtimeInput: { text: 'Hurry.' } })
  await client.untilTurnComplete(2)
  t.match(client.story(), ['setupComplete', 'modelTurn', 'generationComplete', 'interrupted', 'turnComplete', 'usageMetadata', 'modelTurn'])
})

t.test('a text is answered even while the caller speaks', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain({ texts: [{ say: { audio: tone(500, 20, 24_000) } }] }) })
  const client = await ready(t, gemini)
  client.hear(tone(400, 500, 16_000))
  client.send({ realtimeInput: { text: 'Are you there?' } })
  await client.untilTurnComplete()
  t.equal((await gemini.session(1)).log.all('speech-ended').length, 0)
})

t.test('clientContent without turnComplete stops the model and waits for the rest', async (t) => {
  const { texts, createBrain } = listening()
  const gemini = await start(t, { createBrain })
  const client = await ready(t, gemini)
  client.send({ clientContent: { turns: [{ role: 'user', parts: [{ text: 'one' }, { text: 'two' }] }] } })
  client.send({ client_content: { turns: [{ role: 'user', parts: [{ text: 'three' }] }], turn_complete: true } })
  await client.untilTurnComplete()
  t.same(texts, ['one\ntwo\nthree'])
})

t.test('an empty clientContent silences the model', async (t) => {
  const gemini = await start(t, { createBrain: toneBrain({ hz: 1_000, ms: 5_000 }) })
  const client = await ready(t, gemini)
  client.speak()
  await client.until((json) => json.serverContent?.modelTurn)
  client.send({ clientContent: { turnComplete: false } })
  await client.untilTurnComplete()
  t.same(client.story().slice(-3), ['interrupted', 'turnComplete', 'usageMetadata'])
})

t.test('announced history is taken without an answer, on 3.1 as well', async (t) => {
  const { texts, history, createBrain } = listening()
  const gemini = await start(t, { createBrain })
  const client = await ready(t, gemini, { model: 'models/gemini-3.1-flash-live-preview', historyConfig: { initialHistoryInClientContent: true } })
  client.send({ clientContent: { turns: [{ role: 'user', parts: [{ text: 'then' }] }] } })
  client.send({ clientContent: { turns: [{ role: 'model', parts: [{ text: 'before' }] }], turnComplete: true } })
  client.send({ realtimeInput: { text: 'now' } })
  await client.untilTurnComplete()
  t.same([history, texts], [['then', 'before'], ['now']])
  t.equal((await gemini.session(1)).log.all('turn-opened').length, 1)
  client.send({ clientContent: { turns: [], turnComplete: true } })
  t.match(await client.closed, { code: 1007 }, 'after the history the model takes no more')
})

t.test('contextUpdate replaces instructions and tools', async (t) => {
  const setups: unknown[] = []
  const createBrain: CreateBrain = (session) => ({ onText: () => { setups.push(session.setup) } })
  const gemini = await start(t, { createBrain })
  const client = await ready(t, gemini, { systemInstruction: { parts: [{ text: 'old' }] }, tools: [{ functionDeclarations: [{ name: 'f' }] }] })
  client.send({ realtimeInput: { text: 'a' } })
  client.send({ contextUpdate: { systemInstruction: { parts: [{ text: 'new' }] }, tools: { tools: [] } } })
  client.send({ realtimeInput: { text: 'b' } })
  await client.untilTurnComplete(2)
  t.match(setups, [{ instructions: 'old', tools: [{ name: 'f', behavior: 'NON_BLOCKING' }] }, { instructions: 'new', tools: [] }])
})
