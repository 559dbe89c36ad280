/** A day of the calendar without a zone, `2026-11-21`; whose day it is, the caller of a function says. Days compare as text. */
export type CalendarDay = string

export const DAY_MS = 24 * 3600 * 1000

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

/** Whether a text is a day that the calendar has: `2026-12-24`. */
export function isCalendarDay (text: string): boolean {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  return calendarDay(Number(year), Number(month), Number(dayOfMonth)) === text
}

/** The instant at which a clock in UTC begins this day. */
export const atUtc = (day: CalendarDay): Date => new Date(`${day}T00:00:00Z`)
