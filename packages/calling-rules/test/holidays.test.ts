import t from 'tap'
import { publicHoliday } from '../src/holidays/public-holidays.ts'
import { COUNTRIES } from '../src/index.ts'

const generator = await import(new URL('../scripts/holidays.mjs', import.meta.url).href) as { COUNTRIES: string[], publicHolidays: (country: string) => Record<string, Record<string, string>> }

t.test('every country with a policy has a calendar', async (t) => {
  t.same([...generator.COUNTRIES].sort(), [...COUNTRIES].sort())
})

for (const country of COUNTRIES) {
  t.test(`the holidays of ${country} are those that the library gives`, async (t) => {
    const { [country]: written } = await import(`../src/holidays/${country.toLowerCase()}.ts`) as Record<string, unknown>
    t.same(written, generator.publicHolidays(country))
    t.same(Object.keys(generator.publicHolidays(country)), ['2025', '2026', '2027', '2028', '2029', '2030', '2031', '2032'])
  })
}

t.test('a holiday has a name, an ordinary day has none, and of another year or country nothing is known', async (t) => {
  t.equal(publicHoliday('KE', '2026-10-20'), 'Mashujaa Day')
  t.equal(publicHoliday('GB', '2026-11-30'), 'St Andrew’s Day', 'of one part of the country is enough')
  t.equal(publicHoliday('NG', '2026-03-21'), 'Id el Fitr', 'the second of two days')
  t.equal(publicHoliday('US', '2027-12-31'), "New Year's Day (substitute day)", 'kept in the year before')
  t.equal(publicHoliday('KE', '2026-11-24'), null)
  for (const [country, day] of [['KE', '2033-01-01'], ['KE', '2024-12-25'], ['FR', '2026-05-01'], ['constructor', '2026-05-01']] as const) t.equal(publicHoliday(country, day), undefined)
})
