import { dayAt, instantAt, weekdayOf } from '@karani/calendar'
import { publicHoliday } from '@karani/calling-rules'
import { WEEKDAYS } from './delivery-service.ts'
import type { Line, Lines } from './lines.ts'
import { staffOf } from './lookup.ts'

/** Whom of the line's team one may ring at this instant, E.164, first choice first. Empty when nobody is on duty. Pure. */
export function onDuty (lines: Lines, line: Line, at: Date): readonly string[] {
  const { country, timeZone, teams } = lines
  const hours = teams[line.team]?.hours
  if (hours === undefined) return staffOf(lines, line)
  const day = dayAt(at, timeZone)
  const window = hours[typeof publicHoliday(country, day) === 'string' ? 'holiday' : WEEKDAYS[weekdayOf(day)]!]
  if (window == null) return []
  const [opens, closes] = window.map(clock => instantAt(day, minutesOf(clock), timeZone)) as [Date, Date]
  return at >= opens && at < closes ? staffOf(lines, line) : []
}

function minutesOf (clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number) as [number, number]
  return hours * 60 + minutes
}
