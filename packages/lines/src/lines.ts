import { Type, type Static } from 'typebox'
import { AGENT_IDS } from '@karani/agents'
import { WeekWindows } from '@karani/calling-rules'
import { Calling } from './calling.ts'
import { DeliveryService } from './delivery-service.ts'

const PhoneNumber = Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' })
const MinorUnits = Type.Integer({ minimum: 0 })
const Country = Type.Refine(Type.String({ pattern: '^[A-Z]{2}$' }), isCountry, () => 'must be an ISO 3166 country code such as KE')
const TimeZone = Type.Refine(Type.String(), isTimeZone, () => 'must be an IANA time zone such as Africa/Nairobi')
const Currency = Type.Refine(Type.String(), isCurrency, () => 'must be an ISO 4217 currency code such as KES')

/** One number of ours, and who answers it. */
export const Line = Type.Object({
  /** E.164. */
  number: PhoneNumber,
  agent: Type.Enum(AGENT_IDS),
  /** The business, as callers know it. */
  name: Type.String({ minLength: 1 }),
  /** Its name in law: who is called by us hears it first. Without one, `name`. It must not tell that money is owed. */
  legalName: Type.Optional(Type.String({ minLength: 1 })),
  language: Type.Enum(['en-KE', 'sw-KE']),
  /** Who takes over when the clerk cannot go on; a key of `teams`. */
  team: Type.String(),
  /** How the carrier may be asked to bring a caller to the team, before the callback that is stored in any case. Without it, nobody is rung during the call. */
  handOff: Type.Optional(Type.Array(Type.Enum(['redirect']), { uniqueItems: true })),
  /** As many calls as may be live that we place from here; without it, as many as from all lines. */
  maxOutboundCalls: Type.Optional(Type.Integer({ minimum: 0 })),
  calling: Type.Optional(Calling)
}, { additionalProperties: false })
export type Line = Static<typeof Line>

/** Members of staff. */
export const Team = Type.Object({
  /** E.164, in the order in which they are rung. */
  numbers: Type.Array(PhoneNumber, { minItems: 1 }),
  /** When they may be rung during a call, by the clock of the file: on a day that is missing, nobody; on a public holiday only if `holiday` is there. Without it, at any time. */
  hours: Type.Optional(Type.Partial(WeekWindows, { additionalProperties: false }))
}, { additionalProperties: false })
export type Team = Static<typeof Team>

export const Lines = Type.Object({
  country: Country,
  timeZone: TimeZone,
  currency: Currency,
  /** The carrier's prices in minor units of `currency`. */
  rates: Type.Object({ inboundPerMinuteMinor: MinorUnits, outboundPerMinuteMinor: MinorUnits, streamPerMinuteMinor: MinorUnits }, { additionalProperties: false }),
  lines: Type.Array(Line, { minItems: 1 }),
  teams: Type.Record(Type.String(), Team),
  /** Of the courier; the same for all of its lines. */
  delivery: Type.Optional(DeliveryService)
}, { additionalProperties: false })
export type Lines = Static<typeof Lines>

function isCountry (code: string): boolean {
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code) !== undefined
}

function isCurrency (code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code)
}

/** Old names such as `Africa/Asmera` are links to a zone, and will do. */
function isTimeZone (name: string): boolean {
  try {
    return /^[A-Z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}
