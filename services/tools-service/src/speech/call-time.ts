import { addDays, type CalendarDay } from '@karani/records'
import type { LocalTime } from '../courier/delivery-days.ts'
import { readClock, type ClockWish } from './clock.ts'
import { readDay } from './day.ts'

/** From when to when on a day, in minutes after midnight; half open. */
export interface CallTime { readonly day: CalendarDay, readonly from: number, readonly to: number }

/** `16:05` -> 965 */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const END_OF_DAY = 24 * 60
/** What "later" means to somebody who says no more, and how long a call that was asked for may be late. */
const LATER_MINUTES = 120
const WINDOW_MINUTES = 60

const COUNT = new Map([['a', 1], ['an', 1], ['one', 1], ['two', 2], ['three', 3], ['four', 4], ['five', 5], ['six', 6], ['ten', 10], ['fifteen', 15], ['twenty', 20], ['thirty', 30], ['half an', 0.5], ['moja', 1], ['mawili', 2], ['matatu', 3], ['manne', 4]])
const IN_A_WHILE = /\b(?:in|after) (half an|a|an|one|two|three|four|five|six|ten|fifteen|twenty|thirty|\d{1,2}) (hour|minute)s?(?: time)?\b/
const IN_MASAA = /\b(?:baada ya |ndani ya )?masaa (mawili|matatu|manne|\d)\b/
const LATER = /\b(?:later|a bit later|baadaye)\b/
/** How people ask, and what they say around it. */
const AROUND = /\b(?:please|call|ring|phone|try|me|back|again|you|can|could|i|am|will|be|free|available|maybe|tafadhali|naomba|unipigie|mnipigie|nipigie|nipigieni|nipige|pigeni|simu|tena|nitakuwa|huru)\b/g

/**
 * When a caller wants to be called, in their words, English or Kiswahili by its own clock: `after five`, `tomorrow morning`, `kesho saa mbili
 * asubuhi`, `Jumatatu`, `in two hours`. A time of the day that is over means tomorrow, unless a day was said. Null when it is not clear.
 */
export function readCallTime (text: string, { today, time }: LocalTime): CallTime | null {
  const words = text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9/:.-]+/g, ' ').replace(AROUND, ' ').replace(/\s+/g, ' ').trim()
  const now = minutesOf(time)
  const soon = inAWhile(words)
  if (soon !== null) return startingIn(soon, today, now)
  const { clock, rest } = readClock(words)
  const isLater = LATER.test(rest)
  const dayWords = rest.replace(LATER, ' ').trim()
  if (clock === null && isLater && (dayWords === '' || readDay(dayWords, today) === today)) return startingIn(LATER_MINUTES, today, now)
  if (clock === null && dayWords === '') return null
  const day = dayWords === '' ? null : readDay(dayWords, today)
  if (dayWords !== '' && day === null) return null
  const wish = clock === null ? { from: 0, to: END_OF_DAY } : widened(clock)
  const isOver = wish.to <= now || (clock?.kind === 'at' && wish.from < now)
  return { day: day ?? (isOver ? addDays(today, 1) : today), ...wish }
}

function inAWhile (words: string): number | null {
  const [, count, unit] = IN_A_WHILE.exec(words) ?? IN_MASAA.exec(words) ?? []
  if (count === undefined) return null
  const number = COUNT.get(count) ?? Number(count)
  return unit === 'minute' ? number : number * 60
}

/** The clock goes on past midnight. */
function startingIn (minutes: number, today: CalendarDay, now: number): CallTime {
  const from = Math.ceil((now + minutes) / 5) * 5
  return from < END_OF_DAY ? { day: today, from, to: Math.min(END_OF_DAY, from + WINDOW_MINUTES) } : { day: addDays(today, 1), from: from - END_OF_DAY, to: from - END_OF_DAY + WINDOW_MINUTES }
}

function widened ({ kind, from, to }: ClockWish): Pick<CallTime, 'from' | 'to'> {
  switch (kind) {
    case 'at': return { from, to: from + WINDOW_MINUTES }
    case 'after': return { from, to: END_OF_DAY }
    case 'before': return { from: 0, to: from }
    case 'between': return { from, to }
  }
}
