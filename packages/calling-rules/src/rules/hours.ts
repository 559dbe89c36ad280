import { addDays, dayAt, instantAt, startOfDay, weekdayOf, type CalendarDay } from '@karani/calendar'
import type { DenyReason } from '../dial-decision.ts'
import { publicHoliday } from '../holidays/public-holidays.ts'
import type { Span } from '../opening-hours.ts'
import type { Situation } from '../situation.ts'
import type { Place } from '../terms.ts'
import { longest, MINUTE, type Rule } from './rule.ts'

/** A call begins this long before the window closes, at the latest. */
const MARGIN_MS = 2 * MINUTE
/** A window that is further away is looked for again from there. */
const LOOK_AHEAD_DAYS = 7

const dayOf = ({ zone }: Place, t: number): CalendarDay => dayAt(new Date(t), zone)
const isHoliday = ({ country }: Place, day: CalendarDay): boolean => typeof publicHoliday(country, day) === 'string'
const isClosed = ({ closedDays }: Situation, { country }: Place, day: CalendarDay): boolean => closedDays.size > 0 && closedDays.has(`${country} ${day}`)

/** A day on which nobody is called at all, because of what day it is. */
function closedAllDay (reason: DenyReason, isSuch: (situation: Situation, place: Place, day: CalendarDay) => boolean): Rule {
  return (situation, t) => longest(reason, situation.terms.places
    .filter(place => place.hours.holiday === null && isSuch(situation, place, dayOf(place, t)))
    .map(place => startOfDay(addDays(dayOf(place, t), 1), place.zone).getTime()))
}

export const holiday = closedAllDay('holiday', (_situation, place, day) => isHoliday(place, day))
export const closedDay = closedAllDay('closed-day', isClosed)

/** Every place that the person may be in has to be open. */
export const quietHours: Rule = (situation, t) =>
  longest('quiet-hours', situation.terms.places.map(place => opening(situation, place, t)).filter(opens => opens > t))

/** When a call may begin there, at `t` or later; a lower bound, where that is far away. */
function opening (situation: Situation, place: Place, t: number): number {
  const today = dayOf(place, t)
  for (let ahead = 0; ahead < LOOK_AHEAD_DAYS; ahead++) {
    const day = addDays(today, ahead)
    const span = spanOn(situation, place, day)
    if (span === null) continue
    const begins = Math.max(t, instantAt(day, span.opens, place.zone).getTime())
    if (begins + MARGIN_MS < instantAt(day, span.closes, place.zone).getTime()) return begins
  }
  return startOfDay(addDays(today, LOOK_AHEAD_DAYS), place.zone).getTime()
}

function spanOn (situation: Situation, place: Place, day: CalendarDay): Span | null {
  const { week, holiday } = place.hours
  return isHoliday(place, day) || isClosed(situation, place, day) ? holiday : week[weekdayOf(day)] ?? null
}
