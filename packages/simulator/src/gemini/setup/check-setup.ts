import type { SessionSetup } from '../brain.ts'
import { checkFunctions } from './check-functions.ts'
import { textOf } from '../messages/content-schemas.ts'
import { MODEL_RULES, type ModelRules } from './model-rules.ts'
import { invalid, Refusal } from '../messages/refusal.ts'
import type { SetupMessage } from './setup-schema.ts'
import { VOICES } from './voices.ts'

export interface AcceptedSetup {
  readonly session: SessionSetup
  readonly rules: ModelRules
  /** The session is accepted but `setupComplete` never comes. */
  readonly hangs: boolean
}

/**
 * Holds a setup of known fields against the rules of its model.
 * @throws Refusal with the code and wording of the service
 */
export function checkSetup (setup: SetupMessage, overrides: Partial<ModelRules>): AcceptedSetup {
  const model = (setup.model ?? '').replace(/^models\//, '')
  const row = MODEL_RULES.get(model)
  if (row === undefined || !setup.model?.startsWith('models/')) {
    throw new Refusal(1008, `${setup.model ?? ''} is not found for API version v1beta, or is not supported for bidiGenerateContent. Call ListModels to see the list of available models.`)
  }
  const rules = { ...row, ...overrides }
  checkSpeech(setup, model)
  checkThinking(setup, rules)
  checkDialog(setup, rules)
  const session = {
    model,
    instructions: checkInstructions(setup),
    voice: setup.generationConfig?.speechConfig?.voiceConfig?.prebuiltVoiceConfig?.voiceName,
    tools: checkFunctions(setup.tools ?? [], rules, 'setup.tools')
  }
  return { session, rules, hangs: rules.affectiveDialog === 'hangs' && setup.generationConfig?.enableAffectiveDialog === true }
}

/** Every current model is native audio: it answers in AUDIO only, in one of the prebuilt voices. */
function checkSpeech ({ generationConfig = {} }: SetupMessage, model: string): void {
  const { responseModalities = ['AUDIO'], speechConfig } = generationConfig
  if (responseModalities.length !== 1 || responseModalities[0] !== 'AUDIO') {
    throw invalid(`The requested combination of response modalities (${responseModalities.join(', ')}) is not supported by the model. models/${model} accepts AUDIO.`)
  }
  const voice = speechConfig?.voiceConfig?.prebuiltVoiceConfig?.voiceName
  if (voice !== undefined && !VOICES.has(voice)) throw invalid(`Requested voice api_name '${voice}' is not available for model models/${model}`)
}

function checkThinking ({ generationConfig }: SetupMessage, rules: ModelRules): void {
  const level = generationConfig?.thinkingConfig?.thinkingLevel
  if (rules.thinkingLevel === 'refused' && level !== undefined) throw invalid('Thinking level is not supported for this model.')
  if (rules.thinkingLevel !== 'required') return
  if (level === undefined) throw invalid('Thinking level must be specified for this model.')
  if (level === 'MINIMAL') throw invalid('Thinking level MINIMAL is not supported for this model.')
}

function checkDialog ({ generationConfig, proactivity }: SetupMessage, rules: ModelRules): void {
  const proactive = proactivity?.proactiveAudio
  if (rules.proactiveAudio === 'refused' && proactive !== undefined) throw invalid('Proactive audio is not supported for this model.')
  if (rules.proactiveAudio === 'always-on' && proactive === false) throw invalid('Proactive audio cannot be disabled for this model.')
  if (rules.affectiveDialog === 'refused' && generationConfig?.enableAffectiveDialog !== undefined) throw invalid('Affective dialog is not supported for this model.')
}

function checkInstructions ({ systemInstruction }: SetupMessage): string {
  if (systemInstruction === undefined) return ''
  if (systemInstruction.parts?.some((part) => part.inlineData !== undefined)) throw invalid('The system instruction may contain text only.')
  return textOf(systemInstruction)
}
