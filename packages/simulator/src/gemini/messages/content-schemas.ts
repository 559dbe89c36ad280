import { Type, type Static } from 'typebox'

/** Base64 in `data`. */
export const Media = Type.Object({ data: Type.Optional(Type.String()), mimeType: Type.Optional(Type.String()) })
export type Media = Static<typeof Media>

/** What a client may say: text and media. Function calls and responses in content are not taken here. */
export const Content = Type.Object({
  role: Type.Optional(Type.String()),
  parts: Type.Optional(Type.Array(Type.Object({
    text: Type.Optional(Type.String()),
    thought: Type.Optional(Type.Boolean()),
    inlineData: Type.Optional(Media)
  })))
})
export type Content = Static<typeof Content>

const FreeObject = Type.Record(Type.String(), Type.Unknown())

/** `parameters` and `response` are read further by `checkFunctions`: their schema is recursive. */
export const FunctionDeclaration = Type.Object({
  name: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  behavior: Type.Optional(Type.Enum(['BLOCKING', 'NON_BLOCKING'])),
  parameters: Type.Optional(FreeObject),
  parametersJsonSchema: Type.Optional(FreeObject),
  response: Type.Optional(FreeObject),
  responseJsonSchema: Type.Optional(FreeObject)
})
export type FunctionDeclaration = Static<typeof FunctionDeclaration>

export const Tool = Type.Object({
  functionDeclarations: Type.Optional(Type.Array(FunctionDeclaration)),
  googleSearch: Type.Optional(Type.Object({}))
})
export type Tool = Static<typeof Tool>

export function textOf (content: Content): string {
  return (content.parts ?? []).flatMap((part) => part.text ?? []).join('\n')
}
