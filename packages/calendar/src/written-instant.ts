import { calendarDay } from './calendar-day.ts'

const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/

/** An instant as `2026-07-01T09:00:00+03:00`: with its zone, so that no two people read it differently. Null for whatever is none, 30 February too. */
export function readInstant (text: string): Date | null {
  const [, year, month, day] = WRITTEN.exec(text) ?? []
  if (year === undefined || calendarDay(Number(year), Number(month), Number(day)) === null) return null
  const instant = new Date(text)
  return Number.isNaN(instant.getTime()) ? null : instant
}
