// Writes src/holidays from the library date-holidays: node packages/calling-rules/scripts/holidays.mjs
import { writeFileSync } from 'node:fs'
import Holidays from 'date-holidays'

const FIRST_YEAR = 2025
const LAST_YEAR = 2032
/** Countries whose parts keep days of their own are asked part by part, and every day of any part counts. Of the states of the US, none does. */
const PARTS = { KE: [null], NG: [null], GH: [null], UG: [null], TZ: [null], US: [null], GB: ['ENG', 'WLS', 'SCT', 'NIR'] }
const DAY_MS = 24 * 3600 * 1000

/** The public holidays of a country, every day of each: day -> name, by year. Days of Islam are estimates: they are declared days before. */
export function publicHolidays (country) {
  const days = new Map()
  for (const part of PARTS[country]) {
    const calendar = part === null ? new Holidays(country, { languages: ['en'] }) : new Holidays(country, part, { languages: ['en'] })
    for (let year = FIRST_YEAR - 1; year <= LAST_YEAR + 1; year++) { // the first of January may be kept on the day before
      for (const { type, date, start, end, name } of calendar.getHolidays(year)) {
        if (type !== 'public') continue
        for (let offset = 0; offset < Math.round((end - start) / DAY_MS); offset++) {
          const day = new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + offset * DAY_MS).toISOString().slice(0, 10)
          days.set(day, days.get(day) ?? name)
        }
      }
    }
  }
  const years = {}
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) years[year] = {}
  for (const [day, name] of [...days].sort(([a], [b]) => a < b ? -1 : 1)) if (years[day.slice(0, 4)] !== undefined) years[day.slice(0, 4)][day] = name
  return years
}

export const COUNTRIES = Object.keys(PARTS)

const quoted = text => text.includes("'") ? JSON.stringify(text) : `'${text}'`

function sourceOf (country) {
  const years = Object.entries(publicHolidays(country)).map(([year, days]) =>
    `  ${year}: {\n${Object.entries(days).map(([day, name]) => `    '${day}': ${quoted(name)}`).join(',\n')}\n  }`)
  return `// Written by scripts/holidays.mjs; not by hand.\nimport type { PublicHolidays } from './public-holidays.ts'\n\nexport const ${country}: PublicHolidays = {\n${years.join(',\n')}\n}\n`
}

if (process.argv[1] === import.meta.filename) {
  for (const country of COUNTRIES) writeFileSync(new URL(`../src/holidays/${country.toLowerCase()}.ts`, import.meta.url), sourceOf(country))
}
