import { fileURLToPath } from 'node:url'
import t from 'tap'
import { onDuty, readLines, type Lines } from '../src/index.ts'

const file = readLines(fileURLToPath(new URL('../../../config/lines.json', import.meta.url)))
const [lender] = file.lines
const STAFF = file.teams['collections']!.numbers

const withHours = (hours: Lines['teams'][string]['hours']): Lines => ({ ...file, teams: { ...file.teams, collections: { numbers: [...STAFF], ...(hours !== undefined && { hours }) } } })
const at = (text: string): Date => new Date(text)

t.test('a team without hours is there at any time', async (t) => {
  t.strictSame(onDuty(file, lender!, at('2026-11-22T00:30:00Z')), STAFF)
})

for (const [when, instant, isThere] of [
  ['as it opens, in Nairobi', '2026-11-24T05:00:00Z', true], // Tuesday
  ['a moment before', '2026-11-24T04:59:59.999Z', false],
  ['as it closes', '2026-11-24T14:00:00Z', false],
  ['a moment before that', '2026-11-24T13:59:59.999Z', true],
  ['on a day that is not named', '2026-11-22T09:00:00Z', false], // Sunday
  ['on a day that is named closed', '2026-11-25T09:00:00Z', false], // Wednesday
  ['late on Monday in UTC, which is Tuesday in Nairobi before it opens', '2026-11-23T22:00:00Z', false],
  ['on a public holiday', '2029-12-12T09:00:00Z', false], // Jamhuri Day, a Wednesday
  ['on a public holiday on which it usually opens', '2028-12-12T09:00:00Z', false] // Jamhuri Day, a Tuesday
] as const) {
  t.test(`${when}, the team is ${isThere ? '' : 'not '}rung`, async (t) => {
    t.strictSame(onDuty(withHours({ tue: ['08:00', '17:00'], wed: null }), lender!, at(instant)), isThere ? STAFF : [])
  })
}

t.test('a team may be there on holidays, at hours of their own', async (t) => {
  const lines = withHours({ tue: ['08:00', '17:00'], holiday: ['10:00', '12:00'] })
  t.strictSame(onDuty(lines, lender!, at('2028-12-12T08:00:00Z')), STAFF)
  t.strictSame(onDuty(lines, lender!, at('2028-12-12T10:00:00Z')), [])
})
