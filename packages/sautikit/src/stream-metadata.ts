import { isCallId } from './call-id.ts'

export interface StreamMetadata {
  /** Every identity of the call that the text names, without repetition. */
  readonly callIds: readonly string[]
  readonly streamId?: string
  /** What the document's `headerMetadata` held: despite its name it arrives here. */
  readonly headers: Readonly<Record<string, string>>
}

/** The carrier's fork module sends no longer metadata. */
const MAX_METADATA_BYTES = 8_192
const CALL_ID_KEYS = ['sessionId', 'session_id', 'callSid', 'callId', 'call_id', 'CallId']
const STREAM_ID_KEYS = ['streamSid', 'stream_sid', 'streamId']

/**
 * Reads the first text frame of a media socket. Its schema is not documented, so known names are looked for at the top and
 * under `metadata` and `headers`; text in which nothing is recognised names no call. Never throws.
 */
export function readStreamMetadata (text: string): StreamMetadata {
  const top = Buffer.byteLength(text) > MAX_METADATA_BYTES ? {} : objectOf(text)
  const headers = objectOf(top['headers'])
  const places = [top, objectOf(top['metadata']), headers]
  const textsUnder = (keys: readonly string[]): string[] => places.flatMap(place => keys.map(key => place[key])).filter(value => typeof value === 'string')
  const streamId = textsUnder(STREAM_ID_KEYS)[0]
  return {
    callIds: [...new Set(textsUnder(CALL_ID_KEYS).filter(isCallId))],
    ...(streamId !== undefined && { streamId }),
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => typeof value !== 'object').map(([name, value]) => [name, String(value)]))
  }
}

/** An object, or the JSON of one, as its own properties; anything else is an empty object. */
function objectOf (value: unknown): Record<string, unknown> {
  if (typeof value === 'string') return objectOf(parse(value))
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {}
}

function parse (text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? undefined : value
  } catch {
    return undefined
  }
}
