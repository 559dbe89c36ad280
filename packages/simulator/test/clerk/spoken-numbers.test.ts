import { digitWords, numberWords } from '@karani/speech'
import fc from 'fast-check'
import t from 'tap'
import { readDigits, readNumber, readYear } from '../../src/clerk/spoken-numbers.ts'

t.test('an amount in words is that amount', async () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 999_999 }), (n) => readNumber(numberWords(n)) === n))
})

t.test('digits keep their zeros', async (t) => {
  fc.assert(fc.property(fc.stringMatching(/^\d{3,4}$/), (digits) => readDigits(digitWords(digits)) === digits))
  t.equal(readDigits('four oh oh one'), '4001')
})

for (const [words, year] of [
  ['nineteen ninety', 1990], ['nineteen eighty five', 1985], ['nineteen oh seven', 1907], ['two thousand', 2000],
  ['two thousand and four', 2004], ['one nine nine zero', 1990], ['two oh oh one', 2001]
] as const) {
  t.test(`"${words}" is the year ${year}`, async (t) => { t.equal(readYear(words), year) })
}
