import { Type, type Static, type TSchema } from 'typebox'

/** Why somebody is called. Nothing is ever sold on these calls: that would be a fourth purpose with rules of its own. */
export const PURPOSES = ['reminder', 'collection', 'delivery'] as const
export type Purpose = typeof PURPOSES[number]

/** An instant, ISO 8601 in UTC: so that a stored question is the question. */
const Instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' })
const Nullable = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
/** ISO 3166. */
const Country = Type.String({ pattern: '^[A-Z]{2}$' })

/** `08:00` to `18:00`, half open, on the clock of the person. */
const ClockTime = Type.String({ pattern: '^([01][0-9]|2[0-4]):[0-5][0-9]$' })
const Window = Nullable(Type.Tuple([ClockTime, ClockTime]))
/** One window a day; null: nobody is called that day. `holiday` holds on public holidays and closed days, instead of the weekday's. */
export const WeekWindows = Type.Object({
  mon: Window, tue: Window, wed: Window, thu: Window, fri: Window, sat: Window, sun: Window, holiday: Window
}, { additionalProperties: false })
export type WeekWindows = Static<typeof WeekWindows>

/** What the business asks for instead of the default of a country: narrower at will, wider up to the country's outer limit and no further. */
export const TenantRules = Type.Object({
  windows: Type.Optional(WeekWindows),
  maxAttemptsPerDebtPer7Days: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  maxAttemptsPerDebtPerDay: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  maxAttemptsPerPersonPerDay: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  minGapMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_080 }))
}, { additionalProperties: false })
export type TenantRules = Static<typeof TenantRules>

export const STOP_KINDS = ['opt-out', 'wrong-party', 'dispute', 'hardship', 'minor', 'promise', 'paid', 'attorney', 'deceased-or-vulnerable'] as const

/**
 * All that the decision depends on, besides the instant. Everything here is a fact read in the transaction that reserves the
 * attempt; it is stored with the decision, so that the decision can be taken again. Plain JSON; holds no name and no number.
 */
export const DialQuestion = Type.Object({
  purpose: Type.Enum(PURPOSES),
  /** What it is about: an account or a parcel. Caps count per subject and per person. */
  subject: Type.String(),
  /** What `readDialableNumber` said of the number. */
  number: Type.Enum(['dialable', 'not-dialable']),
  /** The person's relation to the subject. Nobody else's debt is ever mentioned to anybody. */
  relation: Type.Enum(['self', 'guarantor', 'other']),
  /** Every country that the number or the address may put the person in; the rules of each bind. Empty: nobody knows. */
  countries: Type.Array(Country),
  /** The person's zone where it is known, IANA; else empty: then those of the countries. Every one must be inside the window. */
  zones: Type.Array(Type.String()),
  /** `until` null: until somebody of the team lifts it. Only those that are about this person or subject. Null: they could not be read, so nobody is called. */
  stops: Nullable(Type.Array(Type.Object({ kind: Type.Enum(STOP_KINDS), scope: Type.Enum(['reminders', 'calls', 'all']), since: Instant, until: Nullable(Instant) }, { additionalProperties: false }))),
  /** Whose purposes they are for. `contract`: the claimed basis of a reminder on an existing loan. */
  consents: Type.Array(Type.Object({ purpose: Type.Enum(PURPOSES), basis: Type.Enum(['consent', 'contract', 'request']), givenAt: Instant, withdrawnAt: Nullable(Instant) }, { additionalProperties: false })),
  /** Automated calls to this person, of all campaigns, of the last eight days at least; in no order. A refused dial is none. `conversation`: somebody talked. */
  attempts: Type.Array(Type.Object({ subject: Type.String(), at: Instant, conversation: Type.Boolean() }, { additionalProperties: false })),
  /** Conversations that the person began, of the last eight days at least. */
  conversations: Type.Array(Instant),
  /** The person asked to be called: from then on, until it is over. */
  callback: Nullable(Type.Object({ askedAt: Instant, from: Instant, until: Instant }, { additionalProperties: false })),
  /** When the person said not to be called: "not now", "not today". */
  inconvenient: Type.Array(Type.Object({ from: Instant, until: Instant }, { additionalProperties: false })),
  /** When the written notice of the outstanding debt was sent, where a country wants one first. */
  noticeSentAt: Nullable(Instant),
  /** An automated call to this person is being placed or is live. */
  live: Type.Boolean(),
  /** For when this attempt was planned. One that is much too late is planned anew. */
  plannedAt: Instant,
  /** What the clock of the asking process shows; the instant of the decision is the database's. */
  askerClock: Instant,
  /** Days that the operator has closed, `2026-11-21`, by country. */
  closedDays: Type.Array(Type.Object({ country: Country, day: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }) }, { additionalProperties: false })),
  tenant: TenantRules
}, { additionalProperties: false })
export type DialQuestion = Static<typeof DialQuestion>
