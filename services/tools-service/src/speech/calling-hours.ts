import { addDays, weekdayOf, type CalendarDay } from '@karani/records'
import type { LocalTime } from '../courier/delivery-days.ts'
import { minutesOf, type CallTime } from './call-time.ts'

/** What is offered to a person. Whether a call may be placed is decided when it is. */
const WEEKDAY = [8 * 60, 18 * 60] as const
const SATURDAY = [9 * 60, 17 * 60] as const

/** Shorter than this nobody can promise to keep. */
export const MIN_MINUTES = 30
const OFFERED_MINUTES = 60

const hoursOf = (day: CalendarDay): readonly [opens: number, closes: number] | null => {
  const weekday = weekdayOf(day)
  return weekday === 0 ? null : weekday === 6 ? SATURDAY : WEEKDAY
}

/** As much of the wished time as is inside the hours of calling, at least half an hour; else the next such time after it. Never before now. */
export function lawfulTime ({ day, from, to }: CallTime, { today, time }: LocalTime): { time: CallTime, isAsAsked: boolean } {
  const hours = hoursOf(day)
  if (hours === null) return { time: nextMorning(day), isAsAsked: false }
  const [opens, closes] = hours
  const start = Math.max(from, opens, day === today ? minutesOf(time) : 0)
  const end = Math.min(to, closes)
  if (end - start >= MIN_MINUTES) return { time: { day, from: start, to: end }, isAsAsked: true }
  if (closes - start < MIN_MINUTES) return { time: nextMorning(day), isAsAsked: false }
  return { time: { day, from: start, to: Math.min(closes, start + OFFERED_MINUTES) }, isAsAsked: false }
}

function nextMorning (day: CalendarDay): CallTime {
  const next = addDays(day, 1)
  const hours = hoursOf(next)
  return hours === null ? nextMorning(next) : { day: next, from: hours[0], to: hours[0] + OFFERED_MINUTES }
}
