/** The first rule that says no, in the order of `decide`. */
export const DENY_REASONS = [
  'number-not-allowed', 'policy-missing', 'clock-untrusted', 'opt-out', 'wrong-party', 'attorney', 'deceased-or-vulnerable', 'dispute-open', 'hardship', 'paid',
  'no-consent', 'notice-period', 'promise-pending', 'inconvenient-time', 'stale-job', 'call-live', 'conversation-cooldown', 'attempt-cap', 'holiday', 'closed-day', 'quiet-hours'
] as const
export type DenyReason = typeof DENY_REASONS[number]

/**
 * `call-at`: not now, and not before `at`, an ISO instant at which nothing known today stands against it. `never`: not until somebody changes
 * a fact. `policyVersion` is that of the data that was used.
 */
export type DialDecision = { readonly policyVersion: string } & (
  | { readonly verdict: 'call-now' }
  | { readonly verdict: 'call-at', readonly reason: DenyReason, readonly at: string }
  | { readonly verdict: 'never', readonly reason: DenyReason }
)
