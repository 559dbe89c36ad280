import t from 'tap'
import fc from 'fast-check'
import { addDays, calendarDay, dayAt, daysBetween, instantAt, isTimeZone, startOfDay, weekdayOf } from '../src/index.ts'

const instants: ReadonlyArray<readonly [instant: string, timeZone: string, day: string]> = [
  ['2026-11-21T20:59:59.999Z', 'Africa/Nairobi', '2026-11-21'],
  ['2026-11-21T21:00:00Z', 'Africa/Nairobi', '2026-11-22'],
  ['2026-12-31T21:00:00Z', 'Africa/Nairobi', '2027-01-01'],
  ['2026-11-21T00:00:00Z', 'America/New_York', '2026-11-20'],
  ['2026-11-21T10:00:00Z', 'Pacific/Kiritimati', '2026-11-22']
]
for (const [instant, timeZone, day] of instants) {
  t.test(`at ${instant} it is ${day} in ${timeZone}`, async (t) => {
    t.equal(dayAt(new Date(instant), timeZone), day)
  })
}

t.test('a day begins where the day before it ends', async () => {
  const zones = fc.constantFrom('Africa/Nairobi', 'Africa/Lagos', 'America/New_York', 'America/Havana', 'Africa/Cairo', 'Europe/London', 'Asia/Kolkata', 'Pacific/Kiritimati')
  fc.assert(fc.property(fc.integer({ min: 0, max: 15_000 }), zones, (days, timeZone) => {
    const day = addDays('2000-01-01', days)
    const start = startOfDay(day, timeZone)
    return dayAt(start, timeZone) === day && dayAt(new Date(start.getTime() - 1), timeZone) === addDays(day, -1)
  }))
})

t.test('days are counted across months, years and 29 February', async (t) => {
  t.equal(addDays('2026-12-31', 1), '2027-01-01')
  t.equal(addDays('2028-02-28', 1), '2028-02-29')
  t.equal(addDays('2026-03-01', -1), '2026-02-28')
  fc.assert(fc.property(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: -5_000, max: 5_000 }), (start, days) => {
    const from = addDays('1990-01-01', start)
    const to = addDays(from, days)
    return daysBetween(from, to) === days && weekdayOf(to) === (((weekdayOf(from) + days) % 7) + 7) % 7
  }))
})

t.test('a day that the calendar does not have is none', async (t) => {
  t.equal(calendarDay(2028, 2, 29), '2028-02-29')
  for (const [year, month, day] of [[2026, 2, 29], [2026, 11, 31], [2026, 13, 1], [2026, 0, 1], [2026, 1, 0]] as const) t.equal(calendarDay(year, month, day), null)
})

t.test('where midnight comes twice or not at all, a day begins with its first instant', async (t) => {
  t.same(startOfDay('2026-03-08', 'America/Havana'), new Date('2026-03-08T05:00:00Z')) // the clock goes from 23:59 to 01:00
  t.same(startOfDay('2026-11-01', 'America/Havana'), new Date('2026-11-01T04:00:00Z')) // from 00:59 back to 00:00
})

t.test('a time of the day is found on both sides of a change of the clocks', async (t) => {
  t.same(instantAt('2026-03-07', 8 * 60, 'America/New_York'), new Date('2026-03-07T13:00:00Z'))
  t.same(instantAt('2026-03-08', 8 * 60, 'America/New_York'), new Date('2026-03-08T12:00:00Z'))
  t.same(instantAt('2026-11-01', 90, 'America/New_York'), new Date('2026-11-01T05:30:00Z'), 'the first of two')
  t.same(instantAt('2026-03-08', 150, 'America/New_York'), new Date('2026-03-08T07:30:00Z'), 'there is none: an hour later by the clock')
  t.same(instantAt('2026-11-01', 8 * 60, 'America/New_York'), new Date('2026-11-01T13:00:00Z'))
})

t.test('a zone is one that the runtime knows', async (t) => {
  for (const zone of ['Africa/Nairobi', 'UTC', 'Africa/Dar_es_Salaam']) t.ok(isTimeZone(zone), zone)
  for (const zone of ['Africa/Kisumu', '', 'Nairobi']) t.notOk(isTimeZone(zone), zone)
})
