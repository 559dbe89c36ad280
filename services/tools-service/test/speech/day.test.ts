import t from 'tap'
import fc from 'fast-check'
import { addDays, weekdayOf } from '@karani/records'
import { readDay } from '../../src/speech/day.ts'

/** A Saturday. */
const TODAY = '2026-11-21'

const table: ReadonlyArray<readonly [words: string, day: string | null, today?: string]> = [
  ['2026-11-27', '2026-11-27'],
  ['27/11/2026', '2026-11-27'],
  ['27/11', '2026-11-27'],
  ['today', '2026-11-21'],
  ['Leo', '2026-11-21'],
  ['leo jioni', '2026-11-21'],
  ['tomorrow', '2026-11-22'],
  ['Tomorrow morning.', '2026-11-22'],
  ['kesho', '2026-11-22'],
  ['kesho saa mbili asubuhi', '2026-11-22'],
  ['kesho kutwa', '2026-11-23'],
  ['keshokutwa', '2026-11-23'],
  ['the day after tomorrow', '2026-11-23'],
  ['Friday', '2026-11-27'],
  ['by Friday', '2026-11-27'],
  ['this coming Friday at 5 pm', '2026-11-27'],
  ['fri', '2026-11-27'],
  ['Sunday', '2026-11-22'],
  ['Monday', '2026-11-23'],
  ['Saturday', '2026-11-28'], // today is one
  ['jumapili', '2026-11-22'],
  ['Jumatatu', '2026-11-23'],
  ['jumanne', '2026-11-24'],
  ['Jumatano', '2026-11-25'],
  ['Alhamisi', '2026-11-26'],
  ['Ijumaa', '2026-11-27'],
  ['siku ya Ijumaa', '2026-11-27'],
  ['Jumamosi', '2026-11-28'],
  ['next Friday', '2026-11-27'],
  ['next Friday', '2026-12-04', '2026-11-23'],
  ['Friday next week', '2026-12-04', '2026-11-23'],
  ['ijumaa wiki ijayo', '2026-12-04', '2026-11-23'],
  ['in 3 days', '2026-11-24'],
  ['in three days', '2026-11-24'],
  ['ten days from now', '2026-12-01'],
  ['baada ya siku tatu', '2026-11-24'],
  ['siku kumi na tano zijazo', '2026-12-06'],
  ['in a week', '2026-11-28'],
  ['two weeks from today', '2026-12-05'],
  ['today or tomorrow', null],
  ['in two weeks', '2026-12-05'],
  ['baada ya wiki mbili', '2026-12-05'],
  ['end of month', '2026-11-30'],
  ['end of the month', '2026-11-30'],
  ['month end', '2026-11-30'],
  ['end month', '2026-11-30'],
  ['mwisho wa mwezi', '2026-11-30'],
  ['mwisho wa mwezi huu', '2026-11-30'],
  ['end of month', '2026-11-30', '2026-11-30'],
  ['end of month', '2028-02-29', '2028-02-01'],
  ['end of next month', '2026-12-31'],
  ['mwisho wa mwezi ujao', '2026-12-31'],
  ['end of November', '2026-11-30'],
  ['end of January', '2027-01-31'],
  ['10 July', '2027-07-10'],
  ['10 July', '2026-07-10', '2026-07-10'],
  ['July 10th', '2027-07-10'],
  ['the tenth of July', '2027-07-10'],
  ['10 Julai', '2027-07-10'],
  ['tarehe kumi Julai', '2027-07-10'],
  ['tarehe 10 mwezi wa saba', '2027-07-10'],
  ['twenty-first of December', '2026-12-21'],
  ['Desemba ishirini na moja', '2026-12-21'],
  ['10 December 2026', '2026-12-10'],
  ['December 10, 2026', '2026-12-10'],
  ['Friday 27 November', '2026-11-27'],
  ['Friday, November 27th', '2026-11-27'],
  ['Friday 28 November', null], // it is a Saturday
  ['the 25th', '2026-11-25'],
  ['tarehe ishirini na tano', '2026-11-25'],
  ['the fifth', '2026-12-05'],
  ['tarehe tano mwezi ujao', '2026-12-05'],
  ['30 February', null],
  ['31/11', null],
  ['2026-02-29', null],
  ['29 February', '2028-02-29', '2027-03-01'],
  ['the 31st', '2026-12-31', '2026-11-21'],
  ['saa mbili', null],
  ['next week', null],
  ['soon', null],
  ['when I am paid', null],
  ['never', null],
  ['', null],
  ['constructor', null]
]

for (const [words, day, today = TODAY] of table) {
  t.test(`'${words}' on ${today} is ${day ?? 'not one certain day'}`, async (t) => {
    t.equal(readDay(words, today), day)
  })
}

const days = fc.integer({ min: 0, max: 20_000 }).map(days => addDays('2000-01-01', days))

t.test('a weekday is within the next seven days, and is that weekday', async () => {
  const names = [['Sunday', 'Jumapili'], ['Monday', 'Jumatatu'], ['Tuesday', 'Jumanne'], ['Wednesday', 'Jumatano'], ['Thursday', 'Alhamisi'], ['Friday', 'Ijumaa'], ['Saturday', 'Jumamosi']]
  fc.assert(fc.property(days, fc.integer({ min: 0, max: 6 }), fc.boolean(), (today, weekday, inKiswahili) => {
    const day = readDay(names[weekday]![inKiswahili ? 1 : 0]!, today)!
    return weekdayOf(day) === weekday && day > today && day <= addDays(today, 7)
  }))
})

t.test('whatever is said, the answer is a day or null', async () => {
  const word = fc.constantFrom('friday', 'ijumaa', 'kesho', 'next', 'week', 'wiki', 'end', 'month', 'mwezi', 'july', '10', '31', 'in', 'days', 'siku', '/', '-', 'tano', 'kumi', 'na')
  const said = fc.oneof(fc.string({ unit: 'binary' }), fc.array(word, { maxLength: 6 }).map(words => words.join(' ')))
  fc.assert(fc.property(said, days, (words, today) => {
    const day = readDay(words, today)
    return day === null || /^\d{4}-\d\d-\d\d$/.test(day)
  }), { numRuns: 1_000 })
})
