import fc from 'fast-check'
import t from 'tap'
import { lawfulTime, MIN_MINUTES } from '../../src/speech/calling-hours.ts'
import { minutesOf, readCallTime } from '../../src/speech/call-time.ts'
import { plainTime, spokenTime } from '../../src/speech/spoken-time.ts'

/** A Tuesday. */
const TEN = { today: '2026-11-24', time: '10:00' }
const clock = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

const said: ReadonlyArray<readonly [words: string, meant: string | null]> = [
  ['after five', '24 17:00-24:00'],
  ['call me after five', '24 17:00-24:00'],
  ['call me back after 5 pm please', '24 17:00-24:00'],
  ['after five today', '24 17:00-24:00'],
  ['tomorrow after five', '25 17:00-24:00'],
  ['at six', '24 18:00-19:00'],
  ['at half past two', '24 14:30-15:30'],
  ['at 2:30 pm', '24 14:30-15:30'],
  ['14:00', '24 14:00-15:00'],
  ['five', '24 17:00-18:00'],
  ["four o'clock", '24 16:00-17:00'],
  ['eight in the morning', '25 8:00-9:00'],
  ['tomorrow at nine', '25 9:00-10:00'],
  ['on Friday at eleven', '27 11:00-12:00'],
  ['before noon', '24 12:00-14:00'],
  ['before eleven', '24 0:00-11:00'],
  ['between two and four', '24 14:00-16:00'],
  ['from 9 am to 11 am tomorrow', '25 9:00-11:00'],
  ['this afternoon', '24 12:00-17:00'],
  ['tomorrow morning', '25 8:00-12:00'],
  ['in the evening', '24 16:00-20:00'],
  ['tonight', '24 16:00-20:00'],
  ['in the morning', '24 8:00-12:00'],
  ['tomorrow', '25 0:00-24:00'],
  ['Monday', '30 0:00-24:00'],
  ['on the 27th', '27 0:00-24:00'],
  ['on 27 November at three', '27 15:00-16:00'],
  ['in two hours', '24 12:00-13:00'],
  ['in half an hour', '24 10:30-11:30'],
  ['in 20 minutes', '24 10:20-11:20'],
  ['in an hour', '24 11:00-12:00'],
  ['later', '24 12:00-13:00'],
  ['later today', '24 12:00-13:00'],
  ['in two days', '26 0:00-24:00'],
  ['2026-11-25 17:00', '25 17:00-18:00'],
  ['saa mbili asubuhi', '25 8:00-9:00'],
  ['kesho saa mbili asubuhi', '25 8:00-9:00'],
  ['saa kumi na mbili jioni', '24 18:00-19:00'],
  ['nipigie baada ya saa kumi na moja', '24 17:00-24:00'],
  ['saa kumi na moja jioni', '24 17:00-18:00'],
  ['saa nane na nusu mchana', '24 14:30-15:30'],
  ['saa tisa', '24 15:00-16:00'],
  ['saa sita', '24 12:00-13:00'],
  ['saa tano', '24 11:00-12:00'],
  ['saa moja jioni', '24 19:00-20:00'],
  ['saa mbili usiku', '24 20:00-21:00'],
  ['kabla ya saa tano', '24 0:00-11:00'],
  ['kesho asubuhi', '25 8:00-12:00'],
  ['kesho jioni', '25 16:00-20:00'],
  ['nipigie Jumatatu', '30 0:00-24:00'],
  ['Jumatatu saa nne asubuhi', '30 10:00-11:00'],
  ['keshokutwa', '26 0:00-24:00'],
  ['masaa mawili', '24 12:00-13:00'],
  ['baadaye', '24 12:00-13:00'],
  ['', null], ['sometime', null], ['next week', null], ['when I have money', null], ['30 February', null]
]
for (const [words, meant] of said) {
  t.test(`'${words}' said on Tuesday at ten`, async (t) => {
    const time = readCallTime(words, TEN)
    t.equal(time === null ? null : `${time.day.slice(8)} ${clock(time.from)}-${clock(time.to)}`, meant)
  })
}

const offers: ReadonlyArray<readonly [words: string, now: string, offered: string, isAsAsked: boolean]> = [
  ['after five', '2026-11-24 10:00', '2026-11-24 17:00', true],
  ['after five', '2026-11-24 17:45', '2026-11-25 08:00', false],
  ['eight in the evening', '2026-11-24 10:00', '2026-11-25 08:00', false],
  ['saa mbili usiku', '2026-11-24 10:00', '2026-11-25 08:00', false],
  ['kesho saa moja asubuhi', '2026-11-24 10:00', '2026-11-25 08:00', false],
  ['tomorrow at six', '2026-11-24 10:00', '2026-11-26 08:00', false],
  ['saturday at eight', '2026-11-24 10:00', '2026-11-28 09:00', false],
  ['sunday', '2026-11-24 10:00', '2026-11-30 08:00', false],
  ['tomorrow', '2026-11-27 10:00', '2026-11-28 09:00', true],
  ['tomorrow morning', '2026-11-24 10:00', '2026-11-25 08:00', true],
  ['in two hours', '2026-11-24 16:10', '2026-11-25 08:00', false]
]
for (const [words, now, offered, isAsAsked] of offers) {
  t.test(`'${words}' said at ${now} is ${isAsAsked ? 'promised' : 'answered'} with ${offered}`, async (t) => {
    const local = { today: now.slice(0, 10), time: now.slice(11) }
    const found = lawfulTime(readCallTime(words, local)!, local)
    t.strictSame({ ...found, time: plainTime(found.time) }, { time: offered, isAsAsked })
  })
}

t.test('a time is told by both clocks', async (t) => {
  const told = (day: string, from: number): string => spokenTime({ day, from, to: from + 60 }, TEN.today)
  t.equal(told('2026-11-25', 17 * 60), 'tomorrow, Wednesday 25 November, from five in the afternoon (saa kumi na moja jioni)')
  t.equal(told('2026-11-24', 8 * 60), 'today, from eight in the morning (saa mbili asubuhi)')
  t.equal(told('2026-11-27', 14 * 60 + 30), 'on Friday 27 November, from half past two in the afternoon (saa nane na nusu mchana)')
})

t.test('whatever is wished, what is offered lies ahead and inside the hours, is long enough, and is promised when it is taken', async (t) => {
  const day = fc.integer({ min: 0, max: 400 }).map(days => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10))
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 })
  fc.assert(fc.property(day, minute, fc.integer({ min: 0, max: 9 }), minute, fc.integer({ min: 1, max: 24 * 60 }), (today, at, ahead, from, length) => {
    const now = { today, time: `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}` }
    const wished = { day: new Date(Date.parse(today) + ahead * 86_400_000).toISOString().slice(0, 10), from, to: from + length }
    const { time } = lawfulTime(wished, now)
    const weekday = new Date(time.day).getUTCDay()
    const [opens, closes] = weekday === 6 ? [540, 1020] : [480, 1080]
    const taken = lawfulTime(readCallTime(plainTime(time), now)!, now)
    return weekday !== 0 && time.from >= opens && time.to <= closes && time.to - time.from >= MIN_MINUTES &&
      (time.day > today || time.from >= minutesOf(now.time)) && (time.day > wished.day || time.from >= wished.from) &&
      taken.isAsAsked && plainTime(taken.time) === plainTime(time)
  }))
})
