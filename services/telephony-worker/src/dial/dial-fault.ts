import type { SautikitError } from '@karani/sautikit'

/**
 * What an error of the carrier's client says about the call that was asked for:
 * `unknown`: it may exist. Every other: it does not, for sure.
 * `wallet`: there is no money. `busy`: not so many calls. `closed`: the carrier cannot be reached, or takes no call of ours. `refused`: not this call.
 */
export type DialFault =
  | { readonly kind: 'unknown' | 'wallet' | 'refused' | 'closed' }
  | { readonly kind: 'busy', readonly retryAfterMs: number | null }

/** Answers of 4xx that do not prove that there is no call: another request with this key has one, and a door in between gave up waiting. */
const AMBIGUOUS = new Set([408, 409])
/** Key, scope, number or address are wrong for every call. */
const CLOSED = new Set([401, 403, 404, 405])

export function dialFault (error: Partial<SautikitError>): DialFault {
  const { code, status = null, unsent = false } = error
  if (unsent) return { kind: 'closed' }
  if (code === ('DEMO_NUMBER' as string)) return { kind: 'refused' }
  if (code !== 'SAUTIKIT_REFUSED' || status === null || AMBIGUOUS.has(status)) return { kind: 'unknown' }
  if (status === 402) return { kind: 'wallet' }
  if (status === 429) return { kind: 'busy', retryAfterMs: error.retryAfterMs ?? null }
  return { kind: CLOSED.has(status) ? 'closed' : 'refused' }
}
