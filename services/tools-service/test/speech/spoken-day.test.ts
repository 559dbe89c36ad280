import t from 'tap'
import { daysAway, spokenDay } from '../../src/speech/spoken-day.ts'

const table = [
  ['2026-11-21', 'Saturday 21 November', 'today'],
  ['2026-11-22', 'Sunday 22 November', 'tomorrow'],
  ['2026-11-20', 'Friday 20 November', 'yesterday'],
  ['2026-11-28', 'Saturday 28 November', 'in 7 days'],
  ['2026-11-12', 'Thursday 12 November', '9 days ago'],
  ['2027-01-01', 'Friday 1 January 2027', 'in 41 days']
] as const

for (const [day, words, away] of table) {
  t.test(`${day} is said as '${words}', '${away}'`, async (t) => {
    t.equal(spokenDay(day, '2026-11-21'), words)
    t.equal(daysAway(day, '2026-11-21'), away)
  })
}
