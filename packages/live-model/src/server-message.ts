import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'

const Transcription = Type.Object({ text: Type.Optional(Type.String()) })
/** Tokens; the limit keeps their sum over a call a number that every reader can hold. */
const Count = Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 }))

/**
 * What Gemini sends, as far as a call needs it; unknown fields are allowed and ignored. Strings that may be long carry no
 * length or pattern, so that checking a message costs a few `typeof` and never a walk over its audio.
 */
export const ServerMessage = Type.Object({
  setupComplete: Type.Optional(Type.Object({})),
  serverContent: Type.Optional(Type.Object({
    modelTurn: Type.Optional(Type.Object({
      parts: Type.Optional(Type.Array(Type.Object({
        /** Reasoning: neither spoken nor kept. */
        thought: Type.Optional(Type.Boolean()),
        inlineData: Type.Optional(Type.Object({ mimeType: Type.Optional(Type.String()), data: Type.String() }))
      })))
    })),
    inputTranscription: Type.Optional(Transcription),
    outputTranscription: Type.Optional(Transcription),
    interrupted: Type.Optional(Type.Boolean()),
    generationComplete: Type.Optional(Type.Boolean()),
    turnComplete: Type.Optional(Type.Boolean())
  })),
  toolCall: Type.Optional(Type.Object({
    functionCalls: Type.Optional(Type.Array(Type.Object({
      id: Type.String({ minLength: 1, maxLength: 256 }),
      name: Type.String({ minLength: 1, maxLength: 128 }),
      /** Whatever the model made up: a call that names itself is answered, also when its arguments make no sense. */
      args: Type.Optional(Type.Unknown())
    })))
  })),
  toolCallCancellation: Type.Optional(Type.Object({ ids: Type.Optional(Type.Array(Type.String())) })),
  usageMetadata: Type.Optional(Type.Object({ promptTokenCount: Count, responseTokenCount: Count, totalTokenCount: Count })),
  /** A duration such as `50s` or `9.5s`. */
  goAway: Type.Optional(Type.Object({ timeLeft: Type.Optional(Type.String()) }))
})
export type ServerMessage = Static<typeof ServerMessage>

const validator = Compile(ServerMessage)

/** One frame, text or binary alike: UTF-8 JSON. Null when it is neither JSON nor such a message; it is dropped whole. */
export function readServerMessage (frame: Buffer): ServerMessage | null {
  try {
    const message: unknown = JSON.parse(frame.toString())
    return validator.Check(message) ? message : null
  } catch {
    return null
  }
}
