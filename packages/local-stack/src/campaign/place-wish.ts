import { COUNTRIES, isZoneOf } from '@karani/calling-rules'
import { isCalendarDay } from '@karani/calendar'
import { UsageError } from '../errors.ts'

/** Days that are closed, and where people are. Without a country, that of the business. */
export type PlaceWish =
  | { readonly do: 'close', readonly day: string, readonly name: string, readonly country: string | undefined }
  | { readonly do: 'reopen', readonly day: string, readonly country: string | undefined }
  | { readonly do: 'closed' }
  | { readonly do: 'where', readonly accountId: string, readonly country: string, readonly zone: string | null, readonly isConfirmed: boolean }

interface Words { readonly name: string | undefined, readonly country: string | undefined, readonly zone: string | undefined, readonly confirmed: boolean }

/**
 * An account, not a number, names a person: what is typed here is seen by whoever lists the processes.
 * @throws UsageError when something is missing or wrong
 */
export function readPlaceWish (what: PlaceWish['do'], whose: string | undefined, { name, country, zone, confirmed }: Words): PlaceWish {
  switch (what) {
    case 'close':
      if (!name || name.length > 100) throw new UsageError('say what day it is, in at most 100 characters: --name "Idd-ul-Fitr"')
      return { do: what, day: readDay(whose), name, country: readCountry(country) }
    case 'reopen': return { do: what, day: readDay(whose), country: readCountry(country) }
    case 'closed': return { do: what }
    case 'where':
      if (!whose) throw new UsageError('name the account: npm run campaign -- where LN-1001 --country UG')
      if (country === undefined || !/^[A-Z]{2}$/.test(country)) throw new UsageError('say in which country, by its ISO 3166 code: --country UG')
      if (zone !== undefined && !confirmed) throw new UsageError('leave out --zone, or say with --confirmed that a person made sure')
      if (zone !== undefined && !isZoneOf(zone, country)) throw new UsageError(`choose a zone that the calling rules know in ${country}, such as --zone America/New_York in US`)
      return { do: what, accountId: whose, country, zone: zone ?? null, isConfirmed: confirmed }
  }
}

function readDay (day: string | undefined): string {
  if (day === undefined || !isCalendarDay(day)) throw new UsageError('name a day of the calendar: npm run campaign -- close 2026-12-24 --country KE --name "Christmas Eve"')
  return day
}

function readCountry (country: string | undefined): string | undefined {
  if (country === undefined || COUNTRIES.includes(country)) return country
  throw new UsageError(`choose a country with calling rules: --country ${COUNTRIES.join(', ')}`)
}
