import type { DialQuestion, Purpose, WeekWindows } from './dial-question.ts'

/** Of the data in this file and in src/holidays. It is stored with each decision: change it with them. */
export const POLICY_VERSION = '2026-11-21'

/** How often somebody is called. A gap is between two automated calls to one person, whatever they are about. */
export interface Limits {
  readonly maxAttemptsPerDebtPerDay: number
  readonly maxAttemptsPerDebtPer7Days: number
  readonly maxAttemptsPerPersonPerDay: number
  readonly minGapMinutes: number
}

type Basis = DialQuestion['consents'][number]['basis']

/** What binds in a country. `outer` is never exceeded, whatever a business asks for; `usual` holds where it asks for nothing. */
export interface CountryPolicy {
  /** Every zone that a person there may live in. */
  readonly zones: readonly string[]
  readonly windows: { readonly outer: WeekWindows, readonly usual: WeekWindows }
  readonly limits: Readonly<Record<Purpose, { readonly outer: Limits, readonly usual: Limits }>>
  /** Nobody is called on this and so many days after in which somebody talked: the day of the conversation is the first. 0: no pause. */
  readonly cooldownDays: Readonly<Record<Purpose, number>>
  /** A written notice of what is outstanding comes so many days before a call of these purposes. */
  readonly notice: { readonly days: number, readonly purposes: readonly Purpose[] } | null
  readonly consentBases: Readonly<Record<Purpose, readonly Basis[]>>
}

type Window = WeekWindows['mon']
const week = (weekdays: Window, sat: Window, sun: Window, holiday: Window): WeekWindows =>
  ({ mon: weekdays, tue: weekdays, wed: weekdays, thu: weekdays, fri: weekdays, sat, sun, holiday })

// Each value is marked. LAW: in a statute or a regulator's rule. CODE: of an industry or a carrier, or a regulator's draft.
// OURS: no figure was found, and this is our stricter choice. CHECK: believed right, not confirmed.

const USUAL = week(['08:00', '18:00'], ['09:00', '17:00'], null, null) // OURS; in Kenya CODE: a carrier's rule for promotional messages
const DAYTIME = week(['08:00', '18:00'], ['08:00', '18:00'], null, null) // OURS: no hours found

const DEBT_LIMITS = {
  usual: { maxAttemptsPerDebtPerDay: 1, maxAttemptsPerDebtPer7Days: 3, maxAttemptsPerPersonPerDay: 2, minGapMinutes: 240 }, // OURS
  outer: { maxAttemptsPerDebtPerDay: 2, maxAttemptsPerDebtPer7Days: 7, maxAttemptsPerPersonPerDay: 3, minGapMinutes: 60 } // 7: LAW in the US, OURS elsewhere; 3: CHECK (Florida); the others OURS
}
const DELIVERY_LIMITS = { // OURS: a parcel that is on its way may need a second call on the same day
  usual: { maxAttemptsPerDebtPerDay: 2, maxAttemptsPerDebtPer7Days: 3, maxAttemptsPerPersonPerDay: 2, minGapMinutes: 30 },
  outer: { maxAttemptsPerDebtPerDay: 3, maxAttemptsPerDebtPer7Days: 7, maxAttemptsPerPersonPerDay: 3, minGapMinutes: 15 }
}
const LIMITS = { reminder: DEBT_LIMITS, collection: DEBT_LIMITS, delivery: DELIVERY_LIMITS }
const COOLDOWN_DAYS = { reminder: 7, collection: 7, delivery: 0 } // LAW in the US (a presumption), OURS elsewhere; of deliveries OURS

const ON_CONTRACT: CountryPolicy['consentBases'] = { reminder: ['consent', 'contract'], collection: ['consent'], delivery: ['consent', 'request'] } // CHECK: contract as the basis of a reminder
const ON_CONSENT: CountryPolicy['consentBases'] = { reminder: ['consent'], collection: ['consent'], delivery: ['consent', 'request'] }

const common = { limits: LIMITS, cooldownDays: COOLDOWN_DAYS, notice: null, consentBases: ON_CONTRACT }

const POLICIES: Readonly<Record<string, CountryPolicy>> = {
  KE: {
    ...common,
    zones: ['Africa/Nairobi'],
    windows: { usual: USUAL, outer: week(['07:00', '19:00'], ['07:00', '19:00'], null, null) } // CODE: the regulator's draft of 2020
  },
  NG: {
    ...common,
    zones: ['Africa/Lagos'],
    windows: { usual: USUAL, outer: week(['08:00', '21:00'], ['08:00', '21:00'], ['08:00', '21:00'], ['08:00', '21:00']) }, // LAW: central bank, 5.5.7(c)
    notice: { days: 0, purposes: ['collection'] }, // LAW: revised rules of 2024
    consentBases: ON_CONSENT // LAW: written, with a way in and a way out
  },
  GH: { ...common, zones: ['Africa/Accra'], windows: { usual: USUAL, outer: DAYTIME } },
  UG: { ...common, zones: ['Africa/Kampala'], windows: { usual: USUAL, outer: DAYTIME } }, // CODE of 2025 outlaws late calls and gives no hour
  TZ: {
    ...common,
    zones: ['Africa/Dar_es_Salaam'],
    windows: { usual: USUAL, outer: DAYTIME },
    notice: { days: 14, purposes: ['collection'] } // LAW: GN 679 of 2019, rule 56
  },
  US: {
    ...common,
    zones: ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles', 'America/Anchorage', 'America/Adak', 'Pacific/Honolulu'],
    windows: { usual: USUAL, outer: week(['08:00', '21:00'], ['08:00', '21:00'], ['08:00', '21:00'], ['08:00', '21:00']) }, // LAW: 12 CFR 1006.6(b)(1)
    consentBases: ON_CONSENT // LAW: prior express consent to an artificial voice; a delivery that was asked for: CHECK
  },
  GB: {
    ...common,
    zones: ['Europe/London'],
    windows: { usual: USUAL, outer: week(['08:00', '20:00'], ['09:00', '17:00'], null, null) } // OURS: the rule says "not at unreasonable times"
  }
}

/** The countries that anybody can be called in. */
export const COUNTRIES: readonly string[] = Object.keys(POLICIES)

/** Undefined for a country without one: nobody is called there. */
export const policyOf = (country: string): CountryPolicy | undefined => Object.hasOwn(POLICIES, country) ? POLICIES[country] : undefined

/** Whether somebody in this country may live in this zone (IANA). Of several names of one clock only the policy's is known. */
export const isZoneOf = (zone: string, country: string): boolean => policyOf(country)?.zones.includes(zone) ?? false
