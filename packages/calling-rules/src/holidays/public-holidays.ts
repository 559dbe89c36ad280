import type { CalendarDay } from '@karani/calendar'
import { GB } from './gb.ts'
import { GH } from './gh.ts'
import { KE } from './ke.ts'
import { NG } from './ng.ts'
import { TZ } from './tz.ts'
import { UG } from './ug.ts'
import { US } from './us.ts'

/** Every public holiday of a country, by year: day -> name. A year that is not here is unknown, which is something else than a year without. */
export type PublicHolidays = Readonly<Record<string, Readonly<Record<CalendarDay, string>>>>

const CALENDARS: Readonly<Record<string, PublicHolidays>> = { KE, NG, GH, UG, TZ, US, GB }

/** The name of the holiday; null on an ordinary day; undefined where nobody knows. */
export function publicHoliday (country: string, day: CalendarDay): string | null | undefined {
  const year = CALENDARS[country]?.[day.slice(0, 4)]
  return year === undefined ? undefined : year[day] ?? null
}
