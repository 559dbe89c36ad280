import t from 'tap'
import fc from 'fast-check'
import { COUNTRIES, decide, PURPOSES, tightened, withoutEffect, type OwnRules, type WeekWindows } from '../src/index.ts'
import { question } from './question.ts'
import { RandomQuestions } from './random-questions.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const
const clock = fc.integer({ min: 0, max: 96 }).map(quarter => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String(quarter % 4 * 15).padStart(2, '0')}`)
const window = fc.option(fc.tuple(clock, clock), { freq: 8 })
const limit = (max: number) => fc.integer({ min: 0, max })
const ownRules = fc.record({
  windows: fc.record(Object.fromEntries(DAYS.map(day => [day, window])), { requiredKeys: [] }) as fc.Arbitrary<Partial<WeekWindows>>,
  maxAttemptsPerDebtPerDay: limit(4),
  maxAttemptsPerDebtPer7Days: limit(9),
  maxAttemptsPerPersonPerDay: limit(5),
  minGapMinutes: limit(1_440)
}, { requiredKeys: [] }) as fc.Arbitrary<OwnRules>
const closedDays = fc.array(fc.record({ country: fc.constantFrom(...COUNTRIES), day: fc.constantFrom('2026-11-24', '2026-11-25') }), { maxLength: 3 })

t.test('whatever a business asks of itself, nobody is called whom the countries alone would not have called', async (t) => {
  const turns = { 'call-now': 0, taken: 0 }
  fc.assert(fc.property(fc.integer(), ownRules, closedDays, (seed, own, closed) => {
    const questions = new RandomQuestions(seed)
    for (let index = 0; index < 40; index++) {
      const { question, at } = questions.next()
      const day = at.toISOString().slice(0, 10)
      const alone = { ...question, tenant: {} }
      const tenant = tightened(own, question.countries, question.purpose)
      const mine = decide({ ...question, tenant, closedDays: [...question.closedDays, ...closed.map(({ country }) => ({ country, day }))] }, at)
      const theirs = decide(alone, at)
      if (mine.verdict === 'call-now' && theirs.verdict !== 'call-now') return false
      if (theirs.verdict === 'call-now') turns[mine.verdict === 'call-now' ? 'call-now' : 'taken']++
    }
    return true
  }), { numRuns: 200, seed: 20_261_121 })
  t.ok(turns['call-now'] > 100 && turns.taken > 100, `both happen: ${JSON.stringify(turns)}`)
})

t.test('a business that asks for nothing has the rules of the countries', async (t) => {
  for (const purpose of PURPOSES) t.strictSame(tightened({}, ['KE', 'GB'], purpose), {})
  t.strictSame(tightened({ minGapMinutes: 500 }, ['FR'], 'reminder'), {}, 'where nobody is called there is nothing to be stricter than')
})

t.test('of each value the stricter one holds, and a day that is not named stays as it is', async (t) => {
  const tenant = tightened({ windows: { mon: ['07:00', '12:00'], sat: null, sun: ['10:00', '12:00'] }, maxAttemptsPerDebtPerDay: 2, minGapMinutes: 480 }, ['KE'], 'reminder')
  t.match(tenant, { windows: { mon: ['08:00', '12:00'], tue: ['08:00', '18:00'], sat: null, sun: null, holiday: null }, maxAttemptsPerDebtPerDay: 1, maxAttemptsPerDebtPer7Days: 3, minGapMinutes: 480 })
  const asked = (at: string) => decide(question(at, { tenant }), new Date(at))
  t.match(asked('2026-11-23T08:59:00Z'), { verdict: 'call-at', reason: 'quiet-hours', at: '2026-11-24T05:00:00.000Z' }) // Monday, 11:59
  t.match(asked('2026-11-23T08:57:00Z'), { verdict: 'call-now' })
})

const fine: OwnRules[] = [{}, { windows: { mon: null, sat: ['09:00', '17:00'], sun: null } }, { windows: { mon: ['08:00', '18:00'] } }, { maxAttemptsPerDebtPer7Days: 3, minGapMinutes: 240 }, { maxAttemptsPerPersonPerDay: 0 }]
for (const own of fine) {
  t.test(`${JSON.stringify(own)} is stricter than Kenya, or as strict`, async (t) => {
    t.equal(withoutEffect(own, ['KE'], ['reminder', 'collection']), undefined)
  })
}

const loose: Array<[own: OwnRules, path: string, value: string]> = [
  [{ windows: { mon: ['07:00', '12:00'] } }, '/windows/mon', '07:00-12:00'],
  [{ windows: { fri: ['12:00', '18:15'] } }, '/windows/fri', '12:00-18:15'],
  [{ windows: { sun: ['10:00', '12:00'] } }, '/windows/sun', '10:00-12:00'],
  [{ windows: { holiday: ['10:00', '12:00'] } }, '/windows/holiday', '10:00-12:00'],
  [{ windows: { tue: ['12:00', '12:00'] } }, '/windows/tue', '12:00-12:00'],
  [{ maxAttemptsPerDebtPerDay: 2 }, '/maxAttemptsPerDebtPerDay', '2'],
  [{ maxAttemptsPerDebtPer7Days: 4 }, '/maxAttemptsPerDebtPer7Days', '4'],
  [{ maxAttemptsPerPersonPerDay: 3 }, '/maxAttemptsPerPersonPerDay', '3'],
  [{ minGapMinutes: 239 }, '/minGapMinutes', '239']
]
for (const [own, path, value] of loose) {
  t.test(`${JSON.stringify(own)} would have no effect in Kenya, and whoever wrote it is told`, async (t) => {
    const fault = withoutEffect(own, ['KE'], ['reminder', 'collection'])
    t.equal(fault?.path, path)
    t.match(fault?.what, value)
  })
}

t.test('an hour between deliveries is stricter than what is usual for them, though it is less than for a reminder', async (t) => {
  t.equal(withoutEffect({ minGapMinutes: 60 }, ['KE'], ['delivery']), undefined)
  t.match(tightened({ minGapMinutes: 60 }, ['KE'], 'delivery'), { minGapMinutes: 60 })
  t.match(tightened({ minGapMinutes: 60 }, ['KE'], 'reminder'), { minGapMinutes: 240 })
})
