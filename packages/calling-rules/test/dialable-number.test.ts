import t from 'tap'
import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { COUNTRIES, countryOf, readDialableNumber } from '../src/index.ts'

const read = (text: string, countries = COUNTRIES) => readDialableNumber(text, { countries })

for (const [text, country] of [['+254712345678', 'KE'], ['+254202222222', 'KE'], ['+2348031234567', 'NG'], ['+233241234567', 'GH'], ['+256772123456', 'UG'], ['+255754123456', 'TZ'], ['+12125550123', 'US'], ['+447912345678', 'GB']] as const) {
  t.test(`${text} may be dialled, in ${country}`, async (t) => {
    const result = read(text)
    t.same(result, { number: text, country })
    if ('number' in result) t.equal(countryOf(result.number), country)
    t.same(read(text, []), { refused: 'country-not-allowed' })
  })
}

const refused = {
  malformed: ['', 'anonymous', '0712345678', '254712345678', '+254 712 345 678', '+2547123456789012', '+254712345678 ', '+254712345678\n', 'tel:+254712345678', '+٢٥٤٧١٢٣٤٥٦٧٨', '+254999', '112', '999', '911', '+254112', '*456*9#', '+0254712345678', '+254012345678', '+2540712345678', '+254712345678;ext=1'],
  'country-not-allowed': ['+33612345678', '+8613912345678', '+18765550123', '+14165550123', '+447624123456'],
  'kind-not-allowed': ['+254900123456', '+19005550123', '+449091234567', '+881612345678', '+88216123456789', '+870772001234', '+97912345678', '+80012345678', '+18005550123', '+254800223456', '+448001111111', '+448431234567', '+445612345678', '+447012345678', '+447640123456']
}
for (const [refusal, numbers] of Object.entries(refused)) {
  for (const text of numbers) {
    t.test(`${JSON.stringify(text)} may not: ${refusal}`, async (t) => {
      t.same(read(text), { refused: refusal })
    })
  }
}

/** What the numbering plans say, asked without our rule. */
function isListed (text: string, countries: readonly string[]): boolean {
  const parsed = parsePhoneNumberFromString(text)
  return parsed !== undefined && parsed.isValid() && parsed.number === text && countries.includes(parsed.country ?? '') && ['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE'].includes(parsed.getType() ?? '')
}

t.test('whatever the text, only what is listed passes, and it passes as it stands', async () => {
  const digits = (min: number, max: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map(all => all.join(''))
  const prefixes = fc.constantFrom('+', '+254', '+2547', '+2541', '+254900', '+234', '+233', '+256', '+255', '+1', '+1212', '+1900', '+44', '+447', '+44909', '+4484', '+881', '+882', '+870', '+979', '+800', '', '0')
  const texts = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.tuple(prefixes, digits(0, 15)).map(parts => parts.join('')))
  fc.assert(fc.property(texts, fc.subarray([...COUNTRIES]), (text, countries) => {
    const result = read(text, countries)
    return 'refused' in result || (result.number === text && /^\+[1-9]\d{6,14}$/.test(text) && isListed(text, countries) && countries.includes(result.country))
  }), { numRuns: 5_000 })
})

t.test('no number of a range of fraud passes, in any country', async () => {
  const ranges = fc.constantFrom('+254900', '+881', '+882', '+883', '+870', '+878', '+1900', '+44909', '+44908', '+44871', '+979', '+800', '+808')
  fc.assert(fc.property(ranges, fc.integer({ min: 0, max: 9_999_999_999 }), (range, rest) => 'refused' in read(`${range}${rest}`, [...COUNTRIES, 'FR', 'IT', 'RU', '001'])), { numRuns: 2_000 })
})
