import { DENY_REASONS, type DenyReason, type DialDecision } from './dial-decision.ts'
import type { DialQuestion } from './dial-question.ts'
import { POLICY_VERSION } from './policies.ts'
import { DAY, type Objection } from './rules/rule.ts'
import { RULES } from './rules/rules.ts'
import { isNumberAllowed, readSituation, type Situation } from './situation.ts'

/** Reasons that come again and again; every other ends for good. */
const RECURRING: ReadonlySet<DenyReason> = new Set<DenyReason>(['holiday', 'quiet-hours'])
/** When there is no opening in so many days with nothing else against a call, there is none. */
const LOOK_AHEAD_MS = 60 * DAY

/**
 * May this person be called at `at`, the database's clock? Pure: the same question at the same instant has the same answer,
 * and where a question cannot be understood nobody is called.
 */
export function decide (question: DialQuestion, at: Date): DialDecision {
  const situation = readSituation(question, at)
  if (situation === null) return never(isNumberAllowed(question) ? 'policy-missing' : 'number-not-allowed')
  const objections = objectionsAt(situation, situation.at)
  const [first] = objections
  if (first === undefined) return { policyVersion: POLICY_VERSION, verdict: 'call-now' }
  const final = objections.find(({ until }) => until === null)
  if (final !== undefined) return never(final.reason)
  const next = earliest(situation, objections)
  return next === null ? never('quiet-hours') : { policyVersion: POLICY_VERSION, verdict: 'call-at', reason: first.reason, at: new Date(next).toISOString() }
}

const never = (reason: DenyReason): DialDecision => ({ policyVersion: POLICY_VERSION, verdict: 'never', reason })

/** All that stands against a call at `t`, in the order of the reasons. */
function objectionsAt (situation: Situation, t: number): Objection[] {
  return DENY_REASONS.map(reason => RULES[reason](situation, t)).filter(objection => objection !== null)
}

/** The first instant that nothing stands against; null where the windows have none in common. */
function earliest (situation: Situation, now: readonly Objection[]): number | null {
  let giveUpAt = situation.at + LOOK_AHEAD_MS
  let objections = now
  let t = situation.at
  while (objections.length > 0 && t < giveUpAt) {
    for (const { reason, until } of objections) {
      t = Math.max(t, until ?? Infinity)
      if (!RECURRING.has(reason)) giveUpAt = Math.max(giveUpAt, (until ?? Infinity) + LOOK_AHEAD_MS)
    }
    objections = t === Infinity ? objections : objectionsAt(situation, t)
  }
  return objections.length > 0 || t > giveUpAt ? null : t
}
