import { Compile } from 'typebox/compile'
import type { Static, TSchema } from 'typebox'

/** Told of a value in Redis that does not fit its schema; it is then treated as absent. For a counter, not for a log of the value. */
export type OnCorrupt = (what: 'call-news' | 'cart' | 'context' | 'fact' | 'finished-call' | 'live-event') => void

/** A reader of JSON from Redis: what was written by another version, or by somebody else, is `undefined` and counted. */
export function storedJson<S extends TSchema> (schema: S, what: Parameters<OnCorrupt>[0], onCorrupt: OnCorrupt): (text: string | null) => Static<S> | undefined {
  const validator = Compile(schema)
  return text => {
    if (text === null) return undefined
    const value = parsed(text)
    if (validator.Check(value)) return value
    onCorrupt(what)
    return undefined
  }
}

function parsed (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
