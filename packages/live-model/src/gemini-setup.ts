import { geminiRules, type GeminiRules } from './gemini-rules.ts'
import type { FunctionDeclaration, LiveSetup } from './live-session.ts'
import { openApiSchema, type JsonSchema } from './openapi-schema.ts'

/**
 * Every turn bills the whole context again, past audio at 25 tokens a second included; at the defaults a call never reaches
 * the cut. This keeps the last five to ten minutes, and lifts the 15 minutes that a session lives without compression.
 * 64-bit integers travel as strings.
 */
const CONTEXT_WINDOW = { triggerTokens: '16384', slidingWindow: { targetTokens: '8192' } }

/** The first message of a session. Pure. */
export function setupMessage (model: string, { instructions, voice, tools }: LiveSetup): object {
  const { thinkingConfig, realtimeInputConfig, behavior } = geminiRules(model)
  return {
    setup: {
      model: `models/${model}`,
      generationConfig: {
        responseModalities: ['AUDIO'],
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice } } },
        ...(thinkingConfig && { thinkingConfig })
      },
      systemInstruction: { parts: [{ text: instructions }] },
      ...(tools.length > 0 && { tools: [{ functionDeclarations: tools.map(tool => declaration(tool, behavior)) }] }),
      ...(realtimeInputConfig && { realtimeInputConfig }),
      inputAudioTranscription: {},
      outputAudioTranscription: {},
      contextWindowCompression: CONTEXT_WINDOW,
      sessionResumption: {}
    }
  }
}

/** An object without properties is refused as a schema: a function that takes nothing declares no parameters. */
function declaration ({ name, description, parameters }: FunctionDeclaration, behavior: GeminiRules['behavior']): object {
  const schema = parameters as JsonSchema
  const takesArguments = Object.keys(schema.properties ?? {}).length > 0
  return { name, description, ...(takesArguments && { parameters: openApiSchema(schema) }), ...(behavior && { behavior }) }
}
