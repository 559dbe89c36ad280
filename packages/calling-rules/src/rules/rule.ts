import type { DenyReason } from '../dial-decision.ts'
import type { Situation } from '../situation.ts'

/** What stands against a call, and until which instant at least; null: until somebody changes a fact. */
export interface Objection { readonly reason: DenyReason, readonly until: number | null }

/**
 * Whether one rule stands against a call at the instant `t`, which is that of the decision or a later one that is thought of: what
 * is only true of this moment (a clock, a live call) holds for a stated while after `at`.
 */
export type Rule = (situation: Situation, t: number) => Objection | null

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The objection that lasts as long as the longest of these; none where there are none. */
export function longest (reason: DenyReason, untils: ReadonlyArray<number | null>): Objection | null {
  if (untils.length === 0) return null
  return { reason, until: untils.includes(null) ? null : Math.max(...untils.map(until => until ?? Infinity)) }
}

/** Holds from the decision on for `forMs`, so that it is asked again then. */
export function holdFor (reason: DenyReason, { at }: Situation, t: number, forMs: number): Objection | null {
  return t < at + forMs ? { reason, until: at + forMs } : null
}
