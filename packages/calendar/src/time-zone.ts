import { atUtc, DAY_MS, type CalendarDay } from './calendar-day.ts'

/** The day that it is at `instant` in a zone such as `Africa/Nairobi`. */
export const dayAt = (instant: Date, timeZone: string): CalendarDay =>
  new Date(instant.getTime() + aheadOfUtc(timeZone, instant.getTime())).toISOString().slice(0, 10)

/** The instant at which a day begins in a zone. */
export const startOfDay = (day: CalendarDay, timeZone: string): Date => instantAt(day, 0, timeZone)

/**
 * When a clock in the zone shows this many minutes after midnight: the first time, where it is put back over it; where it is put
 * forward over it, the instant that it would have been without.
 */
export function instantAt (day: CalendarDay, minutes: number, timeZone: string): Date {
  const wall = atUtc(day).getTime() + minutes * 60_000
  const [before, after] = [aheadOfUtc(timeZone, wall - DAY_MS), aheadOfUtc(timeZone, wall + DAY_MS)]
  const [early, late] = [wall - before, wall - after]
  const isLate = before !== after && aheadOfUtc(timeZone, early - 1) !== before && aheadOfUtc(timeZone, late) === after
  return new Date(isLate ? late : early)
}

/** Whether there is such a zone. */
export function isTimeZone (name: string): boolean {
  try {
    zoneClock(name)
    return true
  } catch {
    return false
  }
}

/** Making a formatter costs a hundred times what asking it does, and asking it ten times what remembering its answer does. */
interface ZoneClock { readonly format: Intl.DateTimeFormat, readonly aheadByDay: Map<number, number> }
const zoneClocks = new Map<string, ZoneClock>()
const MOST_ZONES = 1_000
const MOST_DAYS = 5_000

/** @throws RangeError where there is no such zone */
function zoneClock (timeZone: string): ZoneClock {
  const known = zoneClocks.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  if (zoneClocks.size >= MOST_ZONES) zoneClocks.clear()
  const clock = { format, aheadByDay: new Map<number, number>() }
  zoneClocks.set(timeZone, clock)
  return clock
}

/** How far clocks of the zone are ahead of UTC, in ms. A day of UTC that begins and ends alike is taken to have no change inside. */
function aheadOfUtc (timeZone: string, ms: number): number {
  const clock = zoneClock(timeZone)
  const day = Math.floor(ms / DAY_MS)
  const ahead = aheadAtDay(clock, day)
  return ahead === aheadAtDay(clock, day + 1) ? ahead : readAhead(clock, ms)
}

function aheadAtDay (clock: ZoneClock, day: number): number {
  const known = clock.aheadByDay.get(day)
  if (known !== undefined) return known
  if (clock.aheadByDay.size >= MOST_DAYS) clock.aheadByDay.clear()
  const ahead = readAhead(clock, day * DAY_MS)
  clock.aheadByDay.set(day, ahead)
  return ahead
}

function readAhead ({ format }: ZoneClock, ms: number): number {
  const second = Math.floor(ms / 1000) * 1000
  const parts = new Map<string, number>(format.formatToParts(second).map(({ type, value }) => [type, Number(value)]))
  const [year = 0, month = 1, day, hour, minute, seconds] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(type => parts.get(type))
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second
}
