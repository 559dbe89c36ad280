import { addDays, calendarDay, weekdayOf, type CalendarDay } from '@karani/records'
import { dayWords } from './day-words.ts'

type Rule = readonly [words: RegExp, day: (numbers: readonly number[], today: CalendarDay) => CalendarDay | null]

const WEEKDAY = 'weekday:(\\d)'
const MONTH = 'month:(\\d+)'
const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`)

/** Tried in order; the numbers are those that the pattern captures. */
const RULES: readonly Rule[] = [
  [/^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/, ([year, month, day]) => calendarDay(year!, month!, day!)],
  [/^(\d{1,2})[ /-](\d{1,2})[ /-](\d{4})$/, ([day, month, year]) => calendarDay(year!, month!, day!)],
  [/^(\d{1,2})\/(\d{1,2})$/, ([day, month], today) => nextYearly(month!, day!, today)],
  [/^today$/, (_, today) => today],
  [/^tomorrow$/, (_, today) => addDays(today, 1)],
  [/^overmorrow$/, (_, today) => addDays(today, 2)],
  [whole(`(?:days )?${WEEKDAY}`), ([weekday], today) => nextWeekday(weekday!, today)],
  [whole(`(?:next ${WEEKDAY}|(?:days )?${WEEKDAY}(?: weeks)? next|(?:days )?${WEEKDAY} next weeks|(?:next weeks|weeks next) ${WEEKDAY})`), (numbers, today) => weekdayOfNextWeek(numbers.find(Number.isInteger)!, today)],
  [/^(?:in )?([1-9]\d{0,2}) days(?: next| today)?$/, ([days], today) => addDays(today, days!)],
  [/^(?:in )?days ([1-9]\d{0,2})(?: next)?$/, ([days], today) => addDays(today, days!)],
  [/^(?:in )?([1-9]\d{0,2}) weeks(?: next| today)?$/, ([weeks], today) => addDays(today, weeks! * 7)],
  [/^(?:in )?weeks ([1-9]\d{0,2})(?: next)?$/, ([weeks], today) => addDays(today, weeks! * 7)],
  [/^(?:in )?([1-9]) months(?: today)?$|^in months ([1-9])$/, (numbers, today) => inMonth(Number(today.slice(8)), today, numbers.find(Number.isInteger)!)],
  [/^(?:end (?:this)?months?|months end|days end months)$/, (_, today) => endOfMonth(today, 0)],
  [/^end (?:next months|months next)$/, (_, today) => endOfMonth(today, 1)],
  [/^end years$/, (_, today) => calendarDay(Number(today.slice(0, 4)), 12, 31)],
  [whole(`end ${MONTH}`), ([month], today) => endOfNamedMonth(month!, today)],
  [/^end months (\d{1,2})$/, ([month], today) => month! <= 12 ? endOfNamedMonth(month!, today) : null],
  [whole(`(\\d{1,2}) ${MONTH}`), ([day, month], today) => nextYearly(month!, day!, today)],
  [whole(`${MONTH} (\\d{1,2})`), ([month, day], today) => nextYearly(month!, day!, today)],
  [/^(\d{1,2}) months (\d{1,2})$/, ([day, month], today) => nextYearly(month!, day!, today)],
  [/^months (\d{1,2}) (\d{1,2})$/, ([month, day], today) => nextYearly(month!, day!, today)],
  [/^(\d{1,2}) thismonth$/, ([day], today) => inMonth(day!, today, 0)],
  [whole(`(\\d{1,2}) ${MONTH} (\\d{4})`), ([day, month, year]) => calendarDay(year!, month!, day!)],
  [whole(`${MONTH} (\\d{1,2}) (\\d{4})`), ([month, day, year]) => calendarDay(year!, month!, day!)],
  [/^(\d{1,2}) (?:next months|months next)$/, ([day], today) => inMonth(day!, today, 1)],
  [/^(?:next months|months next) (\d{1,2})$/, ([day], today) => inMonth(day!, today, 1)],
  [/^(\d{1,2})$/, ([day], today) => nextMonthly(day!, today)]
]

const NAMED = '(?:weekday:\\d|today|tomorrow|overmorrow)'
/** A day said in two ways, as in `Friday 27 November`, `tomorrow, Sunday`: both must mean the same one. */
const SAID_TWICE = new RegExp(`^(?:days )?(?:(${NAMED}) (.+)|(.+) (${NAMED}))$`)

/**
 * The day that a caller means: an ISO date, `Friday`, `Ijumaa`, `kesho`, `10 July`, `the tenth`, `in two weeks`, `mwisho
 * wa mwezi`. `today` is the caller's. A weekday is the next one, never today; a date without a year is the next such date,
 * and may be today. Null when it is not one certain day: `soon`, `next week`, `30 February`.
 */
export function readDay (text: string, today: CalendarDay): CalendarDay | null {
  const words = dayWords(text)
  const day = byRule(words, today)
  if (day !== null) return day
  const [, one, other, another, two] = SAID_TWICE.exec(words) ?? []
  return onTheSameDay(one ?? two, other ?? another, today)
}

function onTheSameDay (named = '', date = '', today: CalendarDay): CalendarDay | null {
  const weekday = /^weekday:(\d)$/.exec(named)?.[1]
  if (weekday === undefined) return /^weekday:\d$/.test(date) ? onTheSameDay(date, named, today) : bothOrNone(byRule(named, today), byRule(date, today))
  const day = byRule(date, today)
  return day !== null && weekdayOf(day) === Number(weekday) ? day : null
}

const bothOrNone = (one: CalendarDay | null, other: CalendarDay | null): CalendarDay | null => one === other ? one : null

function byRule (words: string, today: CalendarDay): CalendarDay | null {
  for (const [pattern, day] of RULES) {
    const match = pattern.exec(words)
    if (match !== null) return day(match.slice(1).map(Number), today)
  }
  return null
}

const nextWeekday = (weekday: number, today: CalendarDay): CalendarDay => addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1)

/** Weeks begin on Monday. */
function weekdayOfNextWeek (weekday: number, today: CalendarDay): CalendarDay {
  const monday = addDays(today, 7 - (weekdayOf(today) + 6) % 7)
  return addDays(monday, (weekday + 6) % 7)
}

function nextYearly (month: number, dayOfMonth: number, today: CalendarDay): CalendarDay | null {
  const year = Number(today.slice(0, 4))
  const thisYear = calendarDay(year, month, dayOfMonth)
  return thisYear !== null && thisYear >= today ? thisYear : calendarDay(year + 1, month, dayOfMonth)
}

function nextMonthly (dayOfMonth: number, today: CalendarDay): CalendarDay | null {
  const thisMonth = inMonth(dayOfMonth, today, 0)
  return thisMonth !== null && thisMonth >= today ? thisMonth : inMonth(dayOfMonth, today, 1)
}

function inMonth (dayOfMonth: number, today: CalendarDay, monthsAhead: number): CalendarDay | null {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + monthsAhead
  return calendarDay(Math.floor(months / 12), months % 12 + 1, dayOfMonth)
}

const endOfMonth = (today: CalendarDay, monthsAhead: number): CalendarDay | null => dayBefore(inMonth(1, today, monthsAhead + 1))

function endOfNamedMonth (month: number, today: CalendarDay): CalendarDay | null {
  const monthsAhead = (month - Number(today.slice(5, 7)) + 12) % 12
  return endOfMonth(today, monthsAhead)
}

const dayBefore = (day: CalendarDay | null): CalendarDay | null => day === null ? null : addDays(day, -1)
