import fc from 'fast-check'
import t from 'tap'
import { scriptBrain, type GeminiBehaviour } from '../../src/gemini/index.ts'
import { connect, ready, SETUP, start } from './raw-client.ts'

const createBrain = scriptBrain({})
const MODELS = {
  live: 'models/gemini-3.8-live',
  thinking: 'models/gemini-3.8-live-extended-thinking',
  flash: 'models/gemini-3.1-flash-live-preview',
  native: 'models/gemini-2.5-flash-native-audio-preview-12-2025'
}
const generation = (generationConfig: object): object => ({ generationConfig })
const functions = (...functionDeclarations: object[]): object => ({ tools: [{ functionDeclarations }] })
const parameters = (schema: object): object => functions({ name: 'f', parameters: schema })
const THINKING = generation({ thinkingConfig: { thinkingLevel: 'LOW' } })

const COMPLETE = {
  generationConfig: {
    responseModalities: ['AUDIO'],
    temperature: 0.6,
    maxOutputTokens: 2_048,
    speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } }, languageCode: 'en-KE' }
  },
  systemInstruction: { parts: [{ text: 'You are a clerk.' }] },
  tools: [{
    functionDeclarations: [{
      name: 'recordPromiseToPay',
      description: 'Records a promise.',
      behavior: 'NON_BLOCKING',
      parameters: {
        type: 'OBJECT',
        properties: {
          amount: { type: 'INTEGER', minimum: 1 },
          payBy: { type: 'STRING', description: 'A date.', maxLength: '40' },
          additionalProperties: { type: 'ARRAY', items: { type: 'STRING', enum: ['a', 'b'] }, maxItems: '3' }
        },
        required: ['amount']
      }
    }, { name: 'other', parametersJsonSchema: { type: 'object', additionalProperties: false } }]
  }, { googleSearch: {} }],
  realtimeInputConfig: {
    automaticActivityDetection: { startOfSpeechSensitivity: 'START_SENSITIVITY_LOW', endOfSpeechSensitivity: 'END_SENSITIVITY_HIGH', prefixPaddingMs: 60, silenceDurationMs: 500 },
    activityHandling: 'START_OF_ACTIVITY_INTERRUPTS',
    turnCoverage: 'TURN_INCLUDES_ONLY_ACTIVITY'
  },
  contextWindowCompression: { triggerTokens: '10000', slidingWindow: { targetTokens: '5000' } },
  sessionResumption: {},
  inputAudioTranscription: {},
  outputAudioTranscription: {}
}
const snake = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(snake)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key === 'payBy' ? key : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), snake(item)]))
}

const ACCEPTED: Array<[string, object]> = [
  ['everything our calls need', COMPLETE],
  ['the same in snake_case', { ...snake({ ...COMPLETE, tools: [] }) as object, model: MODELS.live }],
  ['a null, which is an absent field', { tools: null }],
  ['thinking on the thinking model', { model: MODELS.thinking, ...THINKING }],
  ['a thinking budget on 2.5', { model: MODELS.native, ...generation({ thinkingConfig: { thinkingBudget: 0 } }) }],
  ['affective dialog on 2.5', { model: MODELS.native, ...generation({ enableAffectiveDialog: true }) }],
  ['BLOCKING on 3.8', functions({ name: 'f', behavior: 'BLOCKING' })],
  ['proactive audio on 3.8', { proactivity: { proactiveAudio: true } }]
]
for (const [what, setup] of ACCEPTED) {
  t.test(`setup accepts ${what}`, async (t) => {
    const gemini = await start(t, { createBrain })
    const client = await ready(t, gemini, setup)
    t.ok(client.received[0]?.json.setupComplete?.sessionId)
  })
}

const REFUSED: Array<[string, object, number, RegExp]> = [
  ['a model that is not there', { model: 'models/gemini-2.0-flash-live-001' }, 1008, /gemini-2.0-flash-live-001 is not found/],
  ['a model without its prefix', { model: 'gemini-3.8-live' }, 1008, /not found/],
  ['an unknown field', { toolConfig: {} }, 1007, /Unknown name "toolConfig" at 'setup': Cannot find field/],
  ['an unknown field deep inside', generation({ speechConfig: { voice: 'Kore' } }), 1007, /Unknown name "voice" at 'setup.generation_config.speech_config'/],
  ['fields that are not for live', generation({ responseSchema: {} }), 1007, /Unknown name "responseSchema"/],
  ['a name that every object has', { constructor: {} }, 1007, /Unknown name "constructor"/],
  ['text as an answer', generation({ responseModalities: ['TEXT'] }), 1007, /modalities/],
  ['two modalities', generation({ responseModalities: ['AUDIO', 'TEXT'] }), 1007, /modalities/],
  ['a voice that is not there', generation({ speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Nobody' } } } }), 1007, /Nobody/],
  ['a sensitivity of MEDIUM', { realtimeInputConfig: { automaticActivityDetection: { startOfSpeechSensitivity: 'MEDIUM' } } }, 1007, /automatic_activity_detection/],
  ['an int64 as a number', { contextWindowCompression: { triggerTokens: 10_000 } }, 1007, /trigger_tokens.*TYPE_INT64/],
  ['a number as a string', generation({ temperature: '1' }), 1007, /temperature/],
  ['a string as a number', { model: 5 }, 1007, /setup.model/],
  ['a list that is not one', { tools: {} }, 1007, /setup.tools/],
  ['media as an instruction', { systemInstruction: { parts: [{ inlineData: { data: '', mimeType: 'image/png' } }] } }, 1007, /text only/],
  ['additionalProperties in parameters', parameters({ type: 'OBJECT', additionalProperties: false }), 1007, /Unknown name "additionalProperties" at 'setup.tools\[0\].function_declarations\[0\].parameters'/],
  ['additionalProperties further down, with a reason cut at 123 bytes', parameters({ type: 'OBJECT', properties: { a: { type: 'OBJECT', additionalProperties: false } } }), 1007, /parameters\.p$/],
  ['types in lower case', parameters({ type: 'object' }), 1007, /parameters.type/],
  ['a const in parameters', parameters({ type: 'OBJECT', properties: { a: { const: 1 } } }), 1007, /"const"/],
  ['parameters without a type', parameters({ properties: {} }), 1007, /type is missing/],
  ['a required property that is not declared', parameters({ type: 'OBJECT', required: ['a'] }), 1007, /'a' is not defined/],
  ['both kinds of parameters', functions({ name: 'f', parameters: { type: 'OBJECT' }, parametersJsonSchema: {} }), 1007, /Only one of/],
  ['a function name with a space', functions({ name: 'get account' }), 1007, /Invalid function name/],
  ['a function name that begins with a digit', functions({ name: '1st' }), 1007, /Invalid function name/],
  ['a function name of 129 characters', functions({ name: 'f'.repeat(129) }), 1007, /Invalid function name/],
  ['two functions of one name', functions({ name: 'f' }, { name: 'f' }), 1007, /Duplicate function/],
  ['513 functions', functions(...Array.from({ length: 513 }, (_, n) => ({ name: `f${n}` }))), 1007, /At most 512/],
  ['a behavior that does not exist', functions({ name: 'f', behavior: 'ASYNC' }), 1007, /behavior/],
  ['thinkingLevel on 3.8', THINKING, 1007, /Thinking level is not supported/],
  ['no thinkingLevel on extended thinking', { model: MODELS.thinking }, 1007, /must be specified/],
  ['MINIMAL on extended thinking', { model: MODELS.thinking, ...generation({ thinkingConfig: { thinkingLevel: 'MINIMAL' } }) }, 1007, /MINIMAL/],
  ['BLOCKING on extended thinking', { model: MODELS.thinking, ...THINKING, ...functions({ name: 'f', behavior: 'BLOCKING' }) }, 1007, /BLOCKING is not supported/],
  ['NON_BLOCKING on 3.1', { model: MODELS.flash, ...functions({ name: 'f', behavior: 'NON_BLOCKING' }) }, 1007, /NON_BLOCKING is not supported/],
  ['proactive audio off on 3.8', { proactivity: { proactiveAudio: false } }, 1007, /cannot be disabled/],
  ['proactive audio on 3.1', { model: MODELS.flash, proactivity: { proactiveAudio: true } }, 1007, /not supported/],
  ['affective dialog on 3.8', generation({ enableAffectiveDialog: true }), 1007, /Affective/],
  ['transparent resumption', { sessionResumption: { transparent: true } }, 1007, /transparent/],
  ['a handle that never was', { sessionResumption: { handle: 'x' } }, 1007, /Invalid session handle/]
]
for (const [what, setup, code, reason] of REFUSED) {
  t.test(`setup refuses ${what} with ${code}`, async (t) => {
    const gemini = await start(t, { createBrain })
    const client = await connect(t, gemini)
    client.send({ setup: { ...SETUP, ...setup } })
    const closed = await client.closed
    t.equal(closed.code, code)
    t.match(closed.reason, reason)
    t.same(client.received, [])
  })
}

t.test('a rule on which reports contradict each other can be switched', async (t) => {
  const behaviour: Partial<GeminiBehaviour> = { rules: { behaviors: ['NON_BLOCKING', 'BLOCKING'] } }
  const gemini = await start(t, { createBrain, behaviour })
  t.ok(await ready(t, gemini, { model: MODELS.thinking, ...THINKING, ...functions({ name: 'f', behavior: 'BLOCKING' }) }))
})

t.test('affective dialog on 3.1 is never answered', async (t) => {
  const gemini = await start(t, { createBrain })
  const client = await connect(t, gemini)
  client.send({ setup: { model: MODELS.flash, generationConfig: { enableAffectiveDialog: true } } })
  client.socket.ping()
  await new Promise((resolve) => client.socket.once('pong', resolve))
  t.same(client.received, [])
})

const WRONG: Array<[string, Array<object | string>, number, RegExp]> = [
  ['a message before setup', [{ realtimeInput: { text: 'hello' } }], 1007, /setup must be the first/],
  ['a second setup', [{ setup: SETUP }, { setup: SETUP }], 1007, /./],
  ['two top-level fields', [{ setup: SETUP, clientContent: {} }], 1007, /Exactly one/],
  ['no top-level field', [{}], 1007, /Exactly one/],
  ['an unknown top-level field', [{ hello: {} }], 1007, /Unknown name "hello": Cannot find field/],
  ['a list', ['[]'], 1007, /Exactly one/],
  ['something that is not JSON', ['{"setup"'], 1007, /Invalid JSON/],
  ['mediaChunks', [{ setup: SETUP }, { realtimeInput: { mediaChunks: [{ data: '', mimeType: 'audio/pcm' }] } }], 1007, /media_chunks is deprecated/],
  ['an empty realtimeInput', [{ setup: SETUP }, { realtimeInput: {} }], 1008, /not implemented/],
  ['two inputs in one message', [{ setup: SETUP }, { realtimeInput: { text: 'a', audioStreamEnd: true } }], 1007, /invalid argument/],
  ['broken base64', [{ setup: SETUP }, { realtimeInput: { audio: { data: 'AAA!AAAA', mimeType: 'audio/pcm' } } }], 1007, /Base64/],
  ['half a sample', [{ setup: SETUP }, { realtimeInput: { audio: { data: 'AAAA', mimeType: 'audio/pcm' } } }], 1007, /invalid argument/],
  ['μ-law', [{ setup: SETUP }, { realtimeInput: { audio: { data: 'AAA=', mimeType: 'audio/pcmu;rate=8000' } } }], 1007, /audio\/pcmu is not supported/],
  ['marks of speech beside automatic detection', [{ setup: SETUP }, { realtimeInput: { activityStart: {} } }], 1007, /activity/],
  ['a function call as history', [{ setup: SETUP }, { clientContent: { turns: [{ role: 'model', parts: [{ functionCall: {} }] }] } }], 1007, /"functionCall"/],
  ['clientContent on 3.1', [{ setup: { model: MODELS.flash } }, { clientContent: { turns: [], turnComplete: true } }], 1007, /invalid argument/],
  ['contextUpdate on 3.1', [{ setup: { model: MODELS.flash } }, { contextUpdate: {} }], 1007, /not supported/]
]
for (const [what, messages, code, reason] of WRONG) {
  t.test(`${what} closes with ${code}`, async (t) => {
    const gemini = await start(t, { createBrain })
    const client = await connect(t, gemini)
    for (const message of messages) client.send(message)
    const closed = await client.closed
    t.equal(closed.code, code)
    t.match(closed.reason, reason)
    const { log } = await gemini.session(1)
    t.match(log.all('refused'), [{ code }])
  })
}

t.test('a message beyond the size limit closes with 1009', async (t) => {
  const gemini = await start(t, { createBrain, behaviour: { maxMessageBytes: 10_000 } })
  const client = await ready(t, gemini)
  client.send({ realtimeInput: { text: 'x'.repeat(10_000) } })
  t.match(await client.closed, { code: 1009 })
})

t.test('setupComplete takes its time, and early messages wait for it', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain({ texts: [{ heard: '' }] }), behaviour: { setupMs: [60, 60] } })
  const client = await connect(t, gemini)
  const sentMs = performance.now()
  client.send({ setup: SETUP })
  client.send({ realtimeInput: { text: 'early' } })
  const { atMs } = await client.until((json) => json.setupComplete)
  t.ok(atMs - sentMs >= 60)
  await client.untilTurnComplete()
  t.equal((await gemini.session(1)).log.all('text')[0]?.text, 'early')
})

t.test('whatever a client sends, it gets a close with a code, and the service lives', async (t) => {
  const gemini = await start(t, { createBrain })
  const fields = fc.constantFrom('setup', 'realtimeInput', 'clientContent', 'toolResponse', 'generationConfig', 'tools', 'functionDeclarations', 'parameters', '__proto__')
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 5 }, fc.jsonValue(), fc.dictionary(fields, tie('tree')), fc.array(tie('tree'), { maxLength: 3 }))
  }))
  await fc.assert(fc.asyncProperty(tree, fc.boolean(), async (value, begun) => {
    const client = begun ? await ready(t, gemini) : await connect(t, gemini)
    client.send(JSON.stringify({ setup: value }))
    const { code } = await client.closed
    return code === 1007 || code === 1008
  }), { numRuns: 60 })
  t.ok(await ready(t, gemini))
})
