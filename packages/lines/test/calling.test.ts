import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { callingOf, purposesOf, readLines, type Lines } from '../src/index.ts'

const FILE = fileURLToPath(new URL('../../../config/lines.json', import.meta.url))

/** The lines of the project, with calling rules for its lender, 0; its courier, 1; or its restaurant, 2. */
function read (t: Test, calling: unknown, index = 0): Lines {
  const lines = JSON.parse(readFileSync(FILE, 'utf8'))
  lines.lines[index].calling = calling
  const file = join(t.testdir(), 'lines.json')
  writeFileSync(file, JSON.stringify(lines))
  return readLines(file)
}

t.test('a line without rules of its own calls in the country of the file, and asks for nothing', async (t) => {
  const lines = readLines(FILE)
  t.strictSame(callingOf(lines, lines.lines[0]!), { countries: ['KE'], tenant: {}, closedDays: [] })
})

t.test('rules of a line are asked for, and its closed days hold in all of its countries or in one', async (t) => {
  const lines = read(t, {
    countries: ['KE', 'UG'],
    windows: { mon: ['09:00', '17:00'], sat: null },
    maxAttemptsPerDebtPer7Days: 2,
    minGapMinutes: 480,
    closedDays: [{ day: '2026-12-24', name: 'Christmas Eve' }, { day: '2026-06-03', name: 'Martyrs of the branch', country: 'UG' }]
  })
  t.strictSame(callingOf(lines, lines.lines[0]!), {
    countries: ['KE', 'UG'],
    tenant: { windows: { mon: ['09:00', '17:00'], sat: null }, maxAttemptsPerDebtPer7Days: 2, minGapMinutes: 480 },
    closedDays: [{ country: 'KE', day: '2026-12-24' }, { country: 'UG', day: '2026-12-24' }, { country: 'UG', day: '2026-06-03' }]
  })
})

t.test('an hour between deliveries is stricter for a courier; a lender would be told that it has no effect', async (t) => {
  t.match(read(t, { minGapMinutes: 60 }, 1).lines[1], { calling: { minGapMinutes: 60 } })
  t.throws(() => read(t, { minGapMinutes: 60 }), { code: 'CONFIG_INVALID' })
})

t.test('a lender calls for two purposes, a courier for one, and nobody else calls', async (t) => {
  t.strictSame((['lender', 'courier', 'restaurant', 'support'] as const).map(agent => purposesOf({ agent }).length), [2, 1, 0, 0])
})

const OF_LENDER = 'of \\+254711000001'
const faults: Array<[what: string, calling: unknown, path: string, says: string]> = [
  ['an hour before the usual one', { windows: { mon: ['07:00', '12:00'] } }, '/windows/mon', `${OF_LENDER}, 07:00-12:00 is wider than what is usual in KE, 08:00-18:00`],
  ['an hour after the usual one', { windows: { sat: ['09:00', '19:00'] } }, '/windows/sat', `${OF_LENDER}, 09:00-19:00 is wider`],
  ['a Sunday', { windows: { sun: ['10:00', '12:00'] } }, '/windows/sun', `${OF_LENDER}, 10:00-12:00 is wider than what is usual in KE, closed`],
  ['a window that closes before it opens', { windows: { mon: ['17:00', '09:00'] } }, '/windows/mon', `${OF_LENDER}, does not open before it closes, 17:00-09:00`],
  ['a time that no clock shows', { windows: { mon: ['9:00', '17:00'] } }, '/windows/mon/0', 'not "9:00"'],
  ['a day that no week has', { windows: { monday: null } }, '/windows', 'not {"monday":null}'],
  ['more calls about one debt', { maxAttemptsPerDebtPerDay: 2 }, '/maxAttemptsPerDebtPerDay', `${OF_LENDER}, 2 is looser than what is usual in KE, 1`],
  ['fewer calls than none', { maxAttemptsPerPersonPerDay: -1 }, '/maxAttemptsPerPersonPerDay', 'not -1'],
  ['less time between calls', { minGapMinutes: 239 }, '/minGapMinutes', `${OF_LENDER}, 239 is looser than what is usual in KE, 240`],
  ['a country without rules', { countries: ['KE', 'FR'] }, '/countries/1', 'not "FR"'],
  ['no country at all', { countries: [] }, '/countries', 'not \\[\\]'],
  ['a closed day that the calendar has not', { closedDays: [{ day: '2026-02-30', name: 'Nothing' }] }, '/closedDays/0/day', 'not "2026-02-30"'],
  ['a closed day without a name', { closedDays: [{ day: '2026-12-24', name: '' }] }, '/closedDays/0/name', 'not ""'],
  ['a closed day where the line calls nobody', { closedDays: [{ day: '2026-12-24', name: 'Eve', country: 'UG' }] }, '/closedDays/0/country', 'names a country in which \\+254711000001 calls nobody, UG'],
  ['a rule that nobody knows', { maxAttempts: 1 }, '', '']
]
for (const [what, calling, path, says] of faults) {
  t.test(`${what} is refused, and the message says where and what`, async (t) => {
    const err = t.throws(() => read(t, calling), { code: 'CONFIG_INVALID' }) as Error
    t.match(err.message, `, at /lines/0/calling${path}: `)
    t.match(err.message, new RegExp(says))
  })
}

t.test('rules for a line that calls nobody are refused, for somebody expects something of them', async (t) => {
  t.throws(() => read(t, { minGapMinutes: 480 }, 2), { message: /at \/lines\/2\/calling: has no effect on \+254711000003, whose restaurant calls nobody/ })
})
