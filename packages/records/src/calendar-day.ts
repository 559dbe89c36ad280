/** A day of the calendar without a zone, `2026-11-21`; whose day it is, the caller of a function says. Days compare as text. */
export type CalendarDay = string

const DAY_MS = 24 * 3600 * 1000

/** The day that it is at `instant` in a zone such as `Africa/Nairobi`. */
export function dayAt (instant: Date, timeZone: string): CalendarDay {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(instant)
  const part = (type: string): string => parts.find(part => part.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** The instant at which a day begins in a zone. */
export function startOfDay (day: CalendarDay, timeZone: string): Date {
  const ahead = (instant: Date): number => wallClock(instant, timeZone) - instant.getTime()
  const midnight = atUtc(day)
  const guess = new Date(midnight.getTime() - ahead(midnight))
  return new Date(midnight.getTime() - ahead(guess)) // where the clocks changed in between, the offset of that night
}

export const addDays = (day: CalendarDay, days: number): CalendarDay => new Date(atUtc(day).getTime() + days * DAY_MS).toISOString().slice(0, 10)

/** How many days `to` comes after `from`; negative when it comes before. */
export const daysBetween = (from: CalendarDay, to: CalendarDay): number => (atUtc(to).getTime() - atUtc(from).getTime()) / DAY_MS

/** 0 is Sunday, as in `Date`. */
export const weekdayOf = (day: CalendarDay): number => atUtc(day).getUTCDay()

/** The day with these numbers, or null where the calendar has none: 30 February. Months count from 1. */
export function calendarDay (year: number, month: number, dayOfMonth: number): CalendarDay | null {
  const day = new Date(Date.UTC(year, month - 1, dayOfMonth))
  return day.getUTCMonth() === month - 1 && day.getUTCDate() === dayOfMonth ? day.toISOString().slice(0, 10) : null
}

/** What a clock in the zone shows, as if it were one in UTC; whole seconds. */
function wallClock (instant: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const [year = 0, month = 1, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(type => parts.get(type as 'year'))
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

const atUtc = (day: CalendarDay): Date => new Date(`${day}T00:00:00Z`)
