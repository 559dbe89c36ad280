import { daysBetween, type CalendarDay } from '@karani/records'

const FORMAT = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const

/** `Friday 27 November`, with the year when it is not this one. */
export function spokenDay (day: CalendarDay, today: CalendarDay): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' } as const
  return new Intl.DateTimeFormat('en-GB', { ...FORMAT, ...year }).format(new Date(`${day}T00:00:00Z`)).replace(',', '')
}

/** `today`, `in 7 days`, `9 days ago`. */
export function daysAway (day: CalendarDay, today: CalendarDay): string {
  const days = daysBetween(today, day)
  if (days === 0) return 'today'
  if (Math.abs(days) === 1) return days > 0 ? 'tomorrow' : 'yesterday'
  return days > 0 ? `in ${days} days` : `${-days} days ago`
}
