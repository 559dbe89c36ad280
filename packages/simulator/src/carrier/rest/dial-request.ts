import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { RestError } from './rest-error.ts'

const Number = Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' })
const Body = Type.Object({
  from: Number,
  to: Type.Union([Number, Type.Array(Number, { minItems: 1 })]),
  caller_id: Type.Optional(Number),
  voice_callback_url: Type.Optional(Type.String({ pattern: '^https?://' })),
  client_request_id: Type.Optional(Type.String({ maxLength: 5000 })),
  clientRequestId: Type.Optional(Type.String({ maxLength: 5000 })),
  control: Type.Optional(Type.Literal('mcp'))
})

export interface DialRequest {
  readonly from: string
  readonly to: readonly string[]
  readonly voiceUrl: string | undefined
  /** As given, for the answer. */
  readonly label: string | undefined
  /** Undefined when the label has characters that cannot ride the call. */
  readonly ridingLabel: string | undefined
}

/** @throws RestError 400 saying which field is wrong */
export function readDialRequest (body: unknown): DialRequest {
  if (!Value.Check(Body, body)) {
    const [first] = Value.Errors(Body, body)
    throw invalid(`${first?.instancePath ?? ''} ${first?.message ?? 'is not valid'}`)
  }
  const request: Static<typeof Body> = body
  const label = request.client_request_id ?? request.clientRequestId
  // eslint-disable-next-line no-control-regex
  if (label !== undefined && (/[\u0000-\u001f\u007f]/.test(label) || /^(mcp|broadcast):/.test(label))) throw invalid('/client_request_id has control characters or a reserved prefix')
  if (request.control !== undefined) throw invalid(request.voice_callback_url === undefined ? '/control is not simulated' : '/control excludes /voice_callback_url')
  return {
    from: request.from,
    to: typeof request.to === 'string' ? [request.to] : request.to,
    voiceUrl: request.voice_callback_url,
    label,
    ridingLabel: label === undefined || /[\s,{}"']/.test(label) ? undefined : label
  }
}

function invalid (message: string): RestError {
  return new RestError(400, 'calls.request_invalid', message)
}
