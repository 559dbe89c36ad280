import type { ModelClosed } from './live-session.ts'

interface Rule { readonly code?: number, readonly reason: RegExp, readonly kind: ModelClosed['kind'] }

/** Errors come as closes after a successful upgrade, their texts cut at 123 bytes: so short pieces of them, first match wins. */
const RULES: readonly Rule[] = [
  { reason: /quota|resource.?exhausted/i, kind: 'quota' },
  { reason: /api key|unregistered callers|user location/i, kind: 'fatal' },
  { code: 1007, reason: /unknown (name|field)|thinking.?level|media.?chunks|scheduling|16 ?khz/i, kind: 'fatal' },
  { code: 1008, reason: /is not found for api version|not supported for bidigeneratecontent|model not found/i, kind: 'fatal' }
]

/**
 * What a close of Gemini's means for the next attempt. Pure. A 1007 that no rule knows is a bad setup while one is being
 * set up; later it comes at random, and from a full context, and a new session helps. Everything else is worth another try.
 */
export function closeKind ({ code, reason, duringSetup }: Omit<ModelClosed, 'kind' | 'cause'>): ModelClosed['kind'] {
  const rule = RULES.find(rule => (rule.code ?? code) === code && rule.reason.test(reason))
  if (rule !== undefined) return rule.kind
  return code === 1007 && duringSetup ? 'fatal' : 'transient'
}
