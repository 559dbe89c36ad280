import { Type, type Static } from 'typebox'
import { SetupMessage } from '../setup/setup-schema.ts'
import { Content, Media, Tool } from './content-schemas.ts'

/** The messages of the client, one top-level field each. Deprecated `mediaChunks` is known, so that it can be refused by name. */
export const RealtimeInput = Type.Object({
  audio: Type.Optional(Media),
  video: Type.Optional(Media),
  text: Type.Optional(Type.String()),
  audioStreamEnd: Type.Optional(Type.Boolean()),
  activityStart: Type.Optional(Type.Object({})),
  activityEnd: Type.Optional(Type.Object({})),
  mediaChunks: Type.Optional(Type.Array(Media))
})

export const ClientContent = Type.Object({
  turns: Type.Optional(Type.Array(Content)),
  turnComplete: Type.Optional(Type.Boolean())
})

export const FunctionResponse = Type.Object({
  id: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  response: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  scheduling: Type.Optional(Type.Enum(['SILENT', 'WHEN_IDLE', 'INTERRUPT'])),
  willContinue: Type.Optional(Type.Boolean()),
  parts: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown())))
})
export type FunctionResponse = Static<typeof FunctionResponse>

export const ClientMessage = Type.Object({
  setup: Type.Optional(SetupMessage),
  clientContent: Type.Optional(ClientContent),
  realtimeInput: Type.Optional(RealtimeInput),
  toolResponse: Type.Optional(Type.Object({ functionResponses: Type.Optional(Type.Array(FunctionResponse)) })),
  contextUpdate: Type.Optional(Type.Object({
    systemInstruction: Type.Optional(Content),
    tools: Type.Optional(Type.Object({ tools: Type.Optional(Type.Array(Tool)) }))
  }))
})
export type ClientMessage = Static<typeof ClientMessage>
