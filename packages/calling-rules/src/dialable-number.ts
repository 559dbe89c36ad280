import { parsePhoneNumberFromString, type NumberType } from 'libphonenumber-js/max'

declare const brand: unique symbol
/** A number that may be dialled, E.164. Only `readDialableNumber` makes one; the carrier's client and its documents take nothing else. */
export type DialableNumber = string & { readonly [brand]: 'dialable' }

export type NumberRefusal = 'malformed' | 'country-not-allowed' | 'kind-not-allowed'

const E164 = /^\+[1-9][0-9]{6,14}$/
const KINDS: ReadonlySet<NumberType> = new Set<NumberType>(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE'])
/** Premium, satellite, shared-cost and freephone ranges: refused whatever a numbering plan says of them. */
const REFUSED = ['+1900', '+254900', '+44909', '+800', '+808', '+870', '+878', '+881', '+882', '+883', '+888', '+979']

/**
 * The number, if it may be dialled: E.164 as it stands, in use by its country's plan, of one of `countries` (ISO 3166), and a person's
 * mobile or fixed line. Premium, shared-cost, toll-free, internet and pager numbers, satellites and short codes are not.
 */
export function readDialableNumber (text: string, { countries }: { countries: readonly string[] }): { number: DialableNumber, country: string } | { refused: NumberRefusal } {
  if (!E164.test(text)) return { refused: 'malformed' }
  if (REFUSED.some(range => text.startsWith(range))) return { refused: 'kind-not-allowed' }
  const parsed = parsePhoneNumberFromString(text)
  if (parsed === undefined || parsed.number !== text || !parsed.isValid()) return { refused: 'malformed' }
  if (parsed.country === undefined || !countries.includes(parsed.country)) return { refused: 'country-not-allowed' }
  return KINDS.has(parsed.getType()) ? { number: text as DialableNumber, country: parsed.country } : { refused: 'kind-not-allowed' }
}

/** ISO 3166. */
export function countryOf (number: DialableNumber): string {
  const country = parsePhoneNumberFromString(number)?.country
  if (country === undefined) throw new TypeError('A dialable number has a country')
  return country
}
