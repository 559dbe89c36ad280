import { Type, type Static } from 'typebox'
import { isCalendarDay } from '@karani/calendar'
import { COUNTRIES, OwnRules, withoutEffect, type Purpose } from '@karani/calling-rules'
import type { Line, Lines } from './lines.ts'

const Country = Type.Refine(Type.String(), code => COUNTRIES.includes(code), () => `must be a country with calling rules: ${COUNTRIES.join(', ')}`)
const Day = Type.Refine(Type.String(), isCalendarDay, () => 'must be a day of the calendar such as 2026-12-24')

/** What a business asks of itself on the calls that it places from a line. It can only be stricter than the rules of the countries. */
export const Calling = Type.Object({
  /** Where people are called from this line, ISO 3166. Without them, in the country of the file. */
  countries: Type.Optional(Type.Array(Country, { minItems: 1, uniqueItems: true })),
  ...OwnRules.properties,
  /** On which nobody is called: in one country, or in all of the line. A day that is closed at short notice is for the database. */
  closedDays: Type.Optional(Type.Array(Type.Object({ day: Day, name: Type.String({ minLength: 1 }), country: Type.Optional(Country) }, { additionalProperties: false })))
}, { additionalProperties: false })
export type Calling = Static<typeof Calling>

/** The same in the form in which the calling rules are asked. */
export interface CallingTerms {
  readonly countries: readonly string[]
  readonly tenant: OwnRules
  readonly closedDays: ReadonlyArray<{ readonly country: string, readonly day: string }>
}

export function callingOf ({ country }: Pick<Lines, 'country'>, { calling = {} }: Pick<Line, 'calling'>): CallingTerms {
  const { countries = [country], closedDays = [], ...tenant } = calling
  return { countries, tenant, closedDays: closedDays.flatMap(closed => (closed.country === undefined ? countries : [closed.country]).map(country => ({ country, day: closed.day }))) }
}

const PURPOSES: Readonly<Record<Line['agent'], readonly Purpose[]>> = { lender: ['reminder', 'collection'], courier: ['delivery'], restaurant: [], support: [] }

/** What people are called for from a line, the usual one first; empty: nobody is called. */
export const purposesOf = ({ agent }: Pick<Line, 'agent'>): readonly Purpose[] => PURPOSES[agent]

/** What of `calling` cannot be meant, with its place in the line. */
export function callingFault (lines: Lines, line: Line): [path: string, what: string] | undefined {
  const { calling } = line
  if (calling === undefined) return undefined
  if (purposesOf(line).length === 0) return ['/calling', `has no effect on ${line.number}, whose ${line.agent} calls nobody`]
  const { countries, tenant } = callingOf(lines, line)
  const lawless = countries.find(country => !COUNTRIES.includes(country))
  if (lawless !== undefined) return ['/calling', `of ${line.number}, has no effect: there are no calling rules for ${lawless}, so nobody is called there`]
  const elsewhere = calling.closedDays?.findIndex(({ country }) => country !== undefined && !countries.includes(country)) ?? -1
  if (elsewhere >= 0) return [`/calling/closedDays/${elsewhere}/country`, `names a country in which ${line.number} calls nobody, ${calling.closedDays?.[elsewhere]?.country}`]
  const loose = withoutEffect(tenant, countries, purposesOf(line))
  return loose && [`/calling${loose.path}`, `of ${line.number}, ${loose.what}`]
}
