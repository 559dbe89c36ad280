import type { DenyReason } from '../dial-decision.ts'
import { attemptCap, conversationCooldown } from './history.ts'
import { closedDay, holiday, quietHours } from './hours.ts'
import { callLive, clockUntrusted, inconvenientTime, policyMissing, staleJob } from './moment.ts'
import type { Rule } from './rule.ts'
import { attorney, deceasedOrVulnerable, disputeOpen, hardship, noConsent, noticePeriod, numberNotAllowed, optOut, paid, promisePending, wrongParty } from './standing.ts'

/** The rule of each reason. */
export const RULES: Readonly<Record<DenyReason, Rule>> = {
  'number-not-allowed': numberNotAllowed,
  'policy-missing': policyMissing,
  'clock-untrusted': clockUntrusted,
  'opt-out': optOut,
  'wrong-party': wrongParty,
  attorney,
  'deceased-or-vulnerable': deceasedOrVulnerable,
  'dispute-open': disputeOpen,
  hardship,
  paid,
  'no-consent': noConsent,
  'notice-period': noticePeriod,
  'promise-pending': promisePending,
  'inconvenient-time': inconvenientTime,
  'stale-job': staleJob,
  'call-live': callLive,
  'conversation-cooldown': conversationCooldown,
  'attempt-cap': attemptCap,
  holiday,
  'closed-day': closedDay,
  'quiet-hours': quietHours
}
