import { addDays, dayAt, instantAt, weekdayOf, type CalendarDay } from '@karani/calendar'

const ZONE = 'Africa/Nairobi'
const TUESDAY = 2
const TEN_O_CLOCK = 10 * 60

/** The next Tuesday, 10:00 in Nairobi, that is no holiday: whatever the day and the hour, the demonstration may call. */
export function demoInstant (now: Date, isHoliday: (day: CalendarDay) => boolean): Date {
  let day = addDays(dayAt(now, ZONE), 1)
  while (weekdayOf(day) !== TUESDAY || isHoliday(day)) day = addDays(day, 1)
  return instantAt(day, TEN_O_CLOCK, ZONE)
}
