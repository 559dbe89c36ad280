import t from 'tap'
import { setupMessage } from '../src/gemini-setup.ts'
import { OPTIONS } from './open-session.ts'

const PROMISE = {
  name: 'recordPromiseToPay',
  description: 'Records a promise.',
  parameters: { type: 'object', additionalProperties: false, required: ['amount'], properties: { amount: { type: 'integer', minimum: 1 }, payBy: { type: 'string', minLength: 1 } } }
}
const setupOf = (model: string): any => (setupMessage(model, { ...OPTIONS.setup, tools: [...OPTIONS.setup.tools, PROMISE] }) as any).setup

t.test('every model is asked for speech in our voice, both transcripts, a bounded context and resumption handles', async (t) => {
  for (const model of ['gemini-3.8-live', 'gemini-3.8-live-extended-thinking', 'gemini-3.1-flash-live-preview', 'gemini-2.5-flash-native-audio-latest', 'gemini-9-live']) {
    const setup = setupOf(model)
    t.match(setup, {
      model: `models/${model}`,
      generationConfig: { responseModalities: ['AUDIO'], speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } } },
      systemInstruction: { parts: [{ text: 'You are a clerk.' }] },
      inputAudioTranscription: {},
      outputAudioTranscription: {},
      contextWindowCompression: { triggerTokens: /^\d+$/, slidingWindow: { targetTokens: /^\d+$/ } },
      sessionResumption: {}
    }, model)
    t.notOk('proactivity' in setup || 'toolConfig' in setup || 'enableAffectiveDialog' in setup.generationConfig, 'what some models refuse')
  }
})

const table = [
  { model: 'gemini-3.8-live', thinking: undefined, behavior: 'NON_BLOCKING', activity: 'START_OF_ACTIVITY_INTERRUPTS' },
  { model: 'gemini-3.8-live-extended-thinking', thinking: { thinkingLevel: 'LOW' }, behavior: 'NON_BLOCKING', activity: 'START_OF_ACTIVITY_INTERRUPTS' },
  { model: 'gemini-3.1-flash-live-preview', thinking: undefined, behavior: undefined, activity: 'START_OF_ACTIVITY_INTERRUPTS' },
  { model: 'gemini-2.5-flash-native-audio-preview-12-2025', thinking: { thinkingBudget: 0 }, behavior: 'NON_BLOCKING', activity: undefined },
  { model: 'gemini-9-live', thinking: undefined, behavior: undefined, activity: undefined }
]
for (const { model, thinking, behavior, activity } of table) {
  t.test(`${model} is told nothing that it refuses`, async (t) => {
    const setup = setupOf(model)
    t.strictSame(setup.generationConfig.thinkingConfig, thinking)
    for (const declaration of setup.tools[0].functionDeclarations) t.equal(declaration.behavior, behavior)
    t.equal(setup.realtimeInputConfig?.activityHandling, activity)
  })
}

t.test('a function is declared in the OpenAPI subset, and without parameters when it takes none', async (t) => {
  const [getAccount, promise] = setupOf('gemini-3.1-flash-live-preview').tools[0].functionDeclarations
  t.strictSame(getAccount, { name: 'getAccount', description: 'Reads the account.' })
  t.strictSame(promise, {
    name: 'recordPromiseToPay',
    description: 'Records a promise.',
    parameters: { type: 'OBJECT', required: ['amount'], properties: { amount: { type: 'INTEGER', minimum: 1 }, payBy: { type: 'STRING' } } }
  })
})

t.test('a clerk without tools declares none', async (t) => {
  t.notOk('tools' in (setupMessage('gemini-3.8-live', { ...OPTIONS.setup, tools: [] }) as any).setup)
})
