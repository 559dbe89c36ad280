import type { SimulatedCall } from './simulated-call.ts'
import type { VerbOf } from './voice-actions.ts'

/** The text frames before any audio: one, or two when openMetadata is a frame of its own. */
export function metadataFrames (call: SimulatedCall, verb: VerbOf<'stream'>, streamId: string): string[] {
  const { metadataKeys: keys, openMetadataFrame, headerMetadata } = call.behaviour
  const metadata: Record<string, unknown> = {}
  const put = (path: string | null, value: unknown): void => { if (path !== null && value !== undefined && value !== null) putAt(metadata, path.split('.'), value) }
  put(keys.sessionId, call.sessionId)
  put(keys.callId, call.callId)
  put(keys.from, call.setup.from)
  put(keys.to, call.setup.to)
  put(keys.streamId, streamId)
  if (headerMetadata === 'first text frame' && verb.headerMetadata !== undefined) metadata.headers = JSON.parse(verb.headerMetadata)
  if (!openMetadataFrame) put(keys.openMetadata, verb.openMetadata)
  const frames = [JSON.stringify(metadata)]
  if (openMetadataFrame && verb.openMetadata !== undefined) frames.push(verb.openMetadata)
  return frames
}

/** HTTP headers of the handshake beyond the WebSocket's own. */
export function handshakeHeaders (call: SimulatedCall, verb: VerbOf<'stream'>): Record<string, string> {
  if (call.behaviour.headerMetadata !== 'HTTP headers' || verb.headerMetadata === undefined) return {}
  return Object.fromEntries(Object.entries(JSON.parse(verb.headerMetadata) as Record<string, unknown>).map(([name, value]) => [name, String(value)]))
}

function putAt (target: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) target[key!] = value
  else putAt((target[key!] ??= {}) as Record<string, unknown>, rest, value)
}
