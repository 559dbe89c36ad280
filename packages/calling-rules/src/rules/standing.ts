import type { DenyReason } from '../dial-decision.ts'
import type { Situation } from '../situation.ts'
import { DAY, longest, type Rule } from './rule.ts'

export const numberNotAllowed: Rule = ({ isNumberAllowed }) => isNumberAllowed ? null : { reason: 'number-not-allowed', until: null }

type StopKind = NonNullable<Situation['stops']>[number]['kind']

/** A stop that was read is in force, whatever clock wrote since when. */
function stopped (reason: DenyReason, ...kinds: readonly StopKind[]): Rule {
  return ({ stops }, t) => longest(reason, (stops ?? []).filter(({ kind, until }) => kinds.includes(kind) && (until === null || until > t)).map(({ until }) => until))
}

export const optOut = stopped('opt-out', 'opt-out')
export const wrongParty = stopped('wrong-party', 'wrong-party')
export const attorney = stopped('attorney', 'attorney')
export const deceasedOrVulnerable = stopped('deceased-or-vulnerable', 'deceased-or-vulnerable', 'minor')
export const disputeOpen = stopped('dispute-open', 'dispute')
export const hardship = stopped('hardship', 'hardship')
export const paid = stopped('paid', 'paid')
export const promisePending = stopped('promise-pending', 'promise')

/** The person's last word counts: a withdrawal ends whatever was given before it. */
export const noConsent: Rule = ({ at, consents, terms }) => {
  const withdrawn = Math.max(...consents.map(({ withdrawnAt }) => withdrawnAt ?? -Infinity))
  const holds = consents.some(({ basis, givenAt, withdrawnAt }) => withdrawnAt === null && givenAt > withdrawn && givenAt <= at && terms.acceptsBasis(basis))
  return holds ? null : { reason: 'no-consent', until: null }
}

export const noticePeriod: Rule = ({ noticeSentAt, terms: { noticeDays } }, t) => {
  if (noticeDays === null) return null
  if (noticeSentAt === null) return { reason: 'notice-period', until: null }
  const over = noticeSentAt + noticeDays * DAY
  return t < over ? { reason: 'notice-period', until: over } : null
}
