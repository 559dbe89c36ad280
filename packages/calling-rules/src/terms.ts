import { isTimeZone } from '@karani/calendar'
import type { DialQuestion } from './dial-question.ts'
import { narrowed, openingHours, type OpeningHours } from './opening-hours.ts'
import { policyOf, type CountryPolicy, type Limits } from './policies.ts'

/** Somewhere that the person may be: the clock of the zone, the holidays and hours of the country. */
export interface Place { readonly country: string, readonly zone: string, readonly hours: OpeningHours }

/** What binds one call: of all countries that may be the person's, the strictest, and within it what the business asks for. */
export interface Terms {
  readonly places: readonly Place[]
  readonly zones: readonly string[]
  readonly limits: Limits
  readonly cooldownDays: number
  /** Null: no country wants a notice for this purpose. */
  readonly noticeDays: number | null
  acceptsBasis: (basis: DialQuestion['consents'][number]['basis']) => boolean
}

/** Null where a country or zone is unknown, or none is named. */
export function termsOf ({ countries, zones: named, purpose, tenant }: DialQuestion): Terms | null {
  const policies = countries.map(policyOf).filter(policy => policy !== undefined)
  if (policies.length === 0 || policies.length < countries.length) return null
  const zones = named.length > 0 ? named : [...new Set(policies.flatMap(policy => policy.zones))]
  if (!zones.every(isTimeZone)) return null
  const wanted = tenant.windows === undefined ? null : openingHours(tenant.windows)
  const hours = policies.map(policy => wanted === null ? hoursOf(policy).usual : narrowed(wanted, hoursOf(policy).outer))
  const notices = policies.map(policy => policy.notice).filter(notice => notice?.purposes.includes(purpose)).map(notice => notice?.days ?? 0)
  return {
    places: hours.flatMap((hours, index) => zones.map(zone => ({ country: countries[index] ?? '', zone, hours }))),
    zones,
    limits: strictest(policies.map(policy => clamped(tenant, policy.limits[purpose]))),
    cooldownDays: Math.max(...policies.map(policy => policy.cooldownDays[purpose])),
    noticeDays: notices.length === 0 ? null : Math.max(...notices),
    acceptsBasis: basis => policies.every(policy => policy.consentBases[purpose].includes(basis))
  }
}

function clamped (tenant: DialQuestion['tenant'], { outer, usual }: { outer: Limits, usual: Limits }): Limits {
  const wanted = { ...usual, ...tenant }
  return strictest([wanted, outer])
}

/** Of each limit the one that allows least. */
export function strictest (limits: readonly Limits[]): Limits {
  return {
    maxAttemptsPerDebtPerDay: Math.min(...limits.map(limit => limit.maxAttemptsPerDebtPerDay)),
    maxAttemptsPerDebtPer7Days: Math.min(...limits.map(limit => limit.maxAttemptsPerDebtPer7Days)),
    maxAttemptsPerPersonPerDay: Math.min(...limits.map(limit => limit.maxAttemptsPerPersonPerDay)),
    minGapMinutes: Math.max(...limits.map(limit => limit.minGapMinutes))
  }
}

const read = new Map<CountryPolicy, { outer: OpeningHours, usual: OpeningHours }>()

/** A country's windows, read once. */
function hoursOf (policy: CountryPolicy): { outer: OpeningHours, usual: OpeningHours } {
  const known = read.get(policy)
  if (known !== undefined) return known
  const hours = { outer: openingHours(policy.windows.outer), usual: openingHours(policy.windows.usual) }
  read.set(policy, hours)
  return hours
}
