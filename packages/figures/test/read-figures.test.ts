import fc from 'fast-check'
import t from 'tap'
import { readFigures } from '@karani/figures'
import { inEnglish, inKiswahili } from './speller.ts'

const style = fc.record({ and: fc.boolean(), hyphen: fc.boolean(), comma: fc.boolean() })
/** Every size as often as the next. */
const amount = fc.oneof(fc.nat(99), fc.nat(9_999), fc.nat(999_999), fc.nat(9_999_999))

/** The one figure of a text and all its whole readings. */
function only (text: string): number[] {
  const figures = readFigures(text)
  if (figures.length !== 1) throw new Error(`${figures.length} figures in '${text}': ${figures.map(figure => figure.text).join(' | ')}`)
  return figures[0]!.readings.filter(({ length }) => length === 1).map(([value]) => value! / 100)
}

t.test('what is spelt in English is read as the number that was spelt', async () => {
  fc.assert(fc.property(amount, style, (n, style) => {
    const text = `${inEnglish(n, style)} shillings`
    const readings = only(text)
    if (readings.length !== 1 || readings[0] !== n) throw new Error(`'${text}' is ${n}, read as ${readings.join(' or ')}`)
  }), { numRuns: 5_000 })
})

t.test('what is spelt in Kiswahili is read as the number that was spelt', async () => {
  fc.assert(fc.property(amount, style, fc.boolean(), (n, style, laki) => {
    const text = `shilingi ${inKiswahili(n, style, laki)}`
    if (!only(text).includes(n)) throw new Error(`'${text}' is ${n}, read as ${only(text).join(' or ')}`)
  }), { numRuns: 5_000 })
})

t.test('what is written in digits is read, grouped or not, in any script', async () => {
  fc.assert(fc.property(amount, fc.constantFrom('', ',', ' ', '\u00a0'), fc.constantFrom(0, 0x0660, 0x06f0, 0x0966), (n, separator, zero) => {
    const grouped = String(n).replace(/\B(?=(\d{3})+$)/g, separator)
    const text = zero === 0 ? grouped : grouped.replace(/\d/g, digit => String.fromCharCode(zero + Number(digit)))
    return only(`KES ${text}`)[0] === n
  }), { numRuns: 2_000 })
})

t.test('a text of any words and figures is read without a fault, in the order and at the places where its figures stand', async () => {
  const word = fc.constantFrom('mia', 'elfu', 'na', 'two', 'hundred', 'and', 'a', 'half', 'thousand', '5', '2,000', ',', '.', '-', 'k', 'point', 'fifty', 'laki', 'nusu', 'th', 'KES', '/=', 'saa', '%', 'İ', '🙂')
  fc.assert(fc.property(fc.array(fc.oneof(word, fc.string())), words => {
    const text = words.join(' ')
    let last = { from: -1, to: 0 }
    for (const figure of readFigures(text)) { // two may claim the sign between them
      if (figure.from <= last.from || figure.to <= last.to || text.slice(figure.from, figure.to) !== figure.text) throw new Error(JSON.stringify(figure))
      last = figure
    }
  }), { numRuns: 2_000 })
})

const spoken: Array<[text: string, readings: number[][]]> = [
  ['KES 2,000', [[2_000]]], ['KES2000', [[2_000]]], ['2 000/=', [[2_000]]], ['Ksh. 1.5k', [[1_500]]], ['KSh 2,000.50', [[2_000.5]]], ['2.5 million shillings', [[2_500_000]]],
  ['two thousand five hundred shillings', [[2_500]]], ['twenty-five hundred shillings', [[2_500]]], ['a thousand and fifty bob', [[1_050]]], ['four fifty bob', [[450]]],
  ['one fifty thousand shillings', [[150_000]]], ['half a million shillings', [[500_000]]], ['two and a half thousand bob', [[2_500]]], ['two point five million shillings', [[2_500_000]]],
  ['a hundred shillings', [[100]]], ['two grand bob', [[2_000]]], ['fifty cents', [[0.5]]],
  ['elfu mbili na mia tano', [[2_500]]], ['shilingi mia tano', [[500]]], ['laki moja', [[100_000]]], ['elfu tano mia tatu ishirini na tano', [[5_325], [5_325]]], ['elfu 2', [[2_000]]],
  ['laki moja na nusu', [[150_000]]], ['elfu moja na nusu', [[1_500]]], ['elfu ishirini na tano', [[25_000], [20_005]]], ['ishirini na tano elfu', [[25_000]]], ['ngiri mbili', [[2_000]]], ['soo tano', [[500]]],
  ['elfu na mia tano', [[1_500]]], ['elfu mia mbili', [[200_000]]], ['shilingi za Kenya elfu kumi na mbili mia tano', [[12_500]]], ['milioni moja na laki mbili', [[1_200_000]]],
  ['two thousand, five hundred shillings', [[2_500], [2_000, 500]]], ['nineteen ninety', [[1_990], [19, 90]]], ['eight thirty', [[830], [8, 30]]]
]
for (const [text, readings] of spoken) {
  t.test(`'${text}' is read`, async t => {
    const [figure, ...others] = readFigures(text)
    t.same(others, [])
    t.same([...new Set(figure!.readings.map(values => JSON.stringify(values.map(value => value / 100))))], [...new Set(readings.map(values => JSON.stringify(values)))])
  })
}

const kinds: Array<[text: string, kinds: string[]]> = [
  ['Your balance is 2,000 and 500 is due on the 27th of November 2026.', ['money', 'money', 'date', 'date']],
  ['That ID ends in 4821, and you were born in 1990.', ['code', 'date']],
  ['Your number is 0712 345 678, parcel TRK-427.', ['code', 'code']],
  ['It arrives in forty minutes, at 10:30 or saa nne.', ['number', 'time', 'time']],
  ['One moment please, I need two things.', ['number', 'number']],
  ['The interest is five percent.', ['percent']],
  ['Five thousand.', ['money']],
  ['We open at eight thirty and close at 5 pm.', ['time', 'time']],
  ['Utalipa tarehe ishirini na saba, siku sita kutoka leo.', ['date', 'number']],
  ['Una deni la elfu tano.', ['money']],
  ['Four eight two one, nineteen ninety.', ['code', 'date']]
]
for (const [text, expected] of kinds) {
  t.test(`'${text}': ${expected.join(', ')}`, async t => t.same(readFigures(text).map(({ kind }) => kind), expected))
}
