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

/** What else people say, by the day that it is on TODAY. */
const more: Readonly<Record<string, readonly string[]>> = {
  '2026-11-21': [
    'leo saa kumi', 'leo usiku', 'saa nane mchana leo', 'leo', 'leo hii', 'end of day today', 'tonight', 'this evening', 'right now', 'immediately',
    'sasa hivi', 'twenty first'
  ],
  '2026-11-22': [
    'kesho saa mbili', 'saa mbili asubuhi kesho', 'kesho asubuhi mapema', 'saa mbili na nusu kesho', 'saa mbili kasorobo kesho', 'tomorrow evening',
    'by tomorrow', 'end of day tomorrow', 'nitalipa kesho', 'at 5 tomorrow', 'tomorrow at 5', 'tomorrow at 5 pm', 'tomorrow before noon',
    'tomorrow by 10am', 'the twenty second', 'a day', 'siku moja', 'kesho tarehe 22', 'tomorrow the 22nd', 'tomorrow, 22 November', 'tomorrow Sunday',
    'kesho jumapili', 'siku ya jumapili kesho', 'kesho saa kumi na mbili jioni', 'Jumapili saa tatu asubuhi'
  ],
  '2026-11-23': [
    'in 2 days time', "in two days' time", 'kesho-kutwa', 'day after tomorrow', 'Monday next week', 'next week on Monday', 'next Monday',
    'Jumatatu ijayo', 'juma tatu'
  ],
  '2026-11-24': [
    'siku tatu', 'siku tatu zijazo', 'three days from today', 'mtondo', 'juma nne'
  ],
  '2026-11-25': [
    'tarehe ishirini na tano mwezi huu', 'twenty-fifth'
  ],
  '2026-11-27': [
    'next week Friday', 'on Friday next week', 'Friday of next week', 'wiki ijayo ijumaa', 'ijumaa ya wiki ijayo', 'Ijumaa ijayo', 'ijumaa hii',
    'this Friday', 'Ijumaa wiki ijayo', 'siku ya ijumaa wiki ijayo', 'Ijumaa saa kumi na mbili jioni', 'ijumaa asubuhi saa tatu',
    'Ijumaa tarehe ishirini na saba', 'Friday the 27th', 'by close of business on Friday', 'coming Friday', 'the coming Friday', 'Friday coming',
    'Friday please', 'I will pay on Friday', 'nitalipa ijumaa', 'before Friday', 'kabla ya ijumaa', 'kufikia ijumaa', 'ifikapo ijumaa', 'hadi ijumaa',
    'until Friday', 'latest Friday', 'not later than Friday', 'Friday latest', 'Friday at 5', 'Friday 5pm', 'Friday 5 pm', 'Friday at 17:00',
    '17:00 Friday', 'Friday at five', "Friday at five o'clock", 'Friday at half past five', 'Friday, 27 November 2026', '27 Nov 2026',
    '27th of November', '2026/11/27', '27 11 2026', 'November 27', '27th Nov.', '27 Novemba', 'Novemba 27', 'tarehe ishirini na saba Novemba',
    'tarehe 27 mwezi wa 11', 'tarehe 27 mwezi wa kumi na moja', '27 November Friday', '27th Friday'
  ],
  '2026-11-28': [
    'tarehe ishirini na nane', 'in one week', 'a week from today', 'a week from now', 'baada ya wiki moja', 'wiki moja', 'juma mosi'
  ],
  '2026-11-30': [
    'at the end of the month', 'end of this month', 'by month end', 'by the end of November', 'the last day of the month', 'last day of November',
    'mwisho mwezi', 'mwezi mwisho', 'mwishoni mwa mwezi', 'mwishoni mwa mwezi huu', 'mwisho wa mwezi wa kumi na moja', 'siku ya mwisho ya mwezi',
    'tarehe thelathini', 'tarehe 30 mwezi huu', '30th November'
  ],
  '2026-12-01': [
    'tarehe moja', 'tarehe mosi', 'the first', 'first of December', '1st Dec', 'the first of next month', 'baada ya siku kumi',
    'Tuesday tarehe mosi Desemba'
  ],
  '2026-12-02': [
    'tarehe mbili'
  ],
  '2026-12-04': [
    'Friday the 4th of December'
  ],
  '2026-12-05': [
    'tarehe tano', 'tarehe 5', 'tarehe tano mwezi wa kumi na mbili', 'tarehe tano Desemba', 'mwezi ujao tarehe tano', 'tarehe 5/12', '5/12/2026',
    '05-12-2026', '5.12.2026', '5th', 'on the 5th of next month', 'the 5th of December', 'December the fifth', '5 Dec', 'Dec 5', 'Sat 5 Dec',
    'Saturday the 5th', 'jumamosi tarehe tano', 'wiki mbili', 'wiki mbili zijazo', 'a fortnight', 'in a fortnight', 'naweza kulipa tarehe tano',
    'mwezi wa kumi na mbili tarehe tano'
  ],
  '2026-12-12': [
    'tarehe kumi na mbili saa kumi na mbili'
  ],
  '2026-12-15': [
    'tarehe kumi na tano'
  ],
  '2026-12-20': [
    '20th'
  ],
  '2026-12-21': [
    'in a month', 'one month from now', 'after one month', 'baada ya mwezi mmoja', 'siku thelathini', 'in thirty days'
  ],
  '2026-12-25': [
    'Christmas', 'Krismasi'
  ],
  '2026-12-31': [
    'mwisho wa mwezi wa kumi na mbili', 'mwisho wa Desemba', 'end of December', 'end of year', 'mwisho wa mwaka', 'the thirty first', '31st',
    '31st of December'
  ],
  '2027-01-05': [
    'in forty five days'
  ],
  '2027-01-20': [
    'in 60 days', 'siku sitini'
  ],
  '2027-11-20': [
    'twentieth of November'
  ],
  none: [
    'end of the week', 'mwisho wa wiki', 'Friday the 5th', 'beginning of next month', 'early next month', 'mid month', 'katikati ya mwezi',
    'mwanzo wa mwezi ujao', 'mwezi mmoja', 'a week from Friday', 'two weeks on Friday', 'Friday week', 'a week on Monday', 'in a couple of days',
    'the day after', 'by end of day', 'now', 'sasa', 'jana', 'yesterday', 'last Friday', 'ijumaa iliyopita', 'J2', 'ijumaa au jumamosi',
    'Friday or Saturday', 'not Friday', 'si ijumaa', 'maybe Friday', 'labda ijumaa', 'Friday I think', '2026-11-27T00:00:00Z', 'next month',
    'mwezi ujao', 'wiki ijayo', 'payday', 'nikipata mshahara', 'baadaye', '31 November', '0 days', 'in an hour', 'Easter', 'weekend', 'this weekend',
    'wikendi', 'tomorrow, 23 November', 'tomorrow Friday', 'may', 'saa kumi na mbili', 'at 5', '500', 'in 9999999999999 days', 'Friday Saturday',
    'tomorrow today', '3 Friday', 'a', 'pay 500 on friday', 'first Friday of December', 'the day before Friday', 'miezi miwili', 'mwezi wa kwanza'
  ]
}

for (const [day, phrases] of Object.entries(more)) {
  for (const words of phrases) {
    t.test(`'${words}' is ${day === 'none' ? 'not one certain day' : day}`, async (t) => {
      t.equal(readDay(words, TODAY), day === 'none' ? null : day)
    })
  }
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
  const word = fc.constantFrom('friday', 'ijumaa', 'kesho', 'next', 'week', 'wiki', 'end', 'month', 'mwezi', 'july', '10', '31', '999999999999999', 'in', 'days', 'siku', '/', '-', 'tano', 'kumi', 'na')
  const said = fc.oneof(fc.string({ unit: 'binary' }), fc.array(word, { maxLength: 6 }).map(words => words.join(' ')))
  fc.assert(fc.property(said, days, (words, today) => {
    const day = readDay(words, today)
    return day === null || /^\d{4}-\d\d-\d\d$/.test(day)
  }), { numRuns: 1_000 })
})
