import { addDays, dayAt, startOfDay } from '@karani/calendar'
import type { Situation } from '../situation.ts'
import { DAY, longest, MINUTE, type Rule } from './rule.ts'

/** Attempts and conversations count on their day, the first, and the six that follow. */
const WEEK_DAYS = 7
const CALLBACK_HOLDS_MS = 7 * DAY

/** Somebody who asked to be called is called: what happened before that hour does not stand in the way, what happens from then on does. */
function sinceCallback (events: readonly number[], { callback }: Situation, t: number): readonly number[] {
  if (callback === null) return events
  const { askedAt, from, until } = callback
  return from <= t && t < until && askedAt <= t && t < askedAt + CALLBACK_HOLDS_MS ? events.filter(event => event >= from) : events
}

/** A rule that a callback lifts stands no longer than until the callback's hour. */
const untilCallback = (untils: readonly number[], { callback }: Situation, t: number): readonly number[] =>
  callback !== null && t < callback.from ? untils.map(until => Math.min(until, callback.from)) : untils

const dayIn = (zone: string, t: number): string => dayAt(new Date(t), zone)
const startIn = (zone: string, day: string): number => startOfDay(day, zone).getTime()

/** In which zone these are too many for a day, and when the day is over there. */
function tooManyToday (events: readonly number[], most: number, zones: readonly string[], t: number): number[] {
  if (events.length < most) return []
  return zones.flatMap(zone => {
    const today = dayIn(zone, t)
    const [begins, ends] = [startIn(zone, today), startIn(zone, addDays(today, 1))]
    return events.filter(event => begins <= event && event < ends).length >= most ? [ends] : []
  })
}

/** The same for `days` days that end today. What is later than today counts too: a clock was wrong, and not in favour of a call. */
function tooManyLately (events: readonly number[], most: number, days: number, zones: readonly string[], t: number): number[] {
  if (events.length < most) return []
  return zones.flatMap(zone => {
    const begins = startIn(zone, addDays(dayIn(zone, t), 1 - days))
    const recent = events.filter(event => begins <= event)
    return recent.length >= most ? [startIn(zone, addDays(dayIn(zone, Math.min(...recent)), days))] : []
  })
}

export const conversationCooldown: Rule = (situation, t) => {
  const { conversations, terms: { cooldownDays, zones } } = situation
  if (cooldownDays === 0) return null
  return longest('conversation-cooldown', untilCallback(tooManyLately(sinceCallback(conversations, situation, t), 1, cooldownDays, zones, t), situation, t))
}

export const attemptCap: Rule = (situation, t) => {
  const { attempts, subjectAttempts, terms: { limits, zones } } = situation
  if (Math.min(limits.maxAttemptsPerDebtPerDay, limits.maxAttemptsPerDebtPer7Days, limits.maxAttemptsPerPersonPerDay) === 0) return { reason: 'attempt-cap', until: null }
  const gap = limits.minGapMinutes * MINUTE
  return longest('attempt-cap', [
    ...untilCallback([
      ...sinceCallback(attempts, situation, t).map(attempt => attempt + gap).filter(over => t < over),
      ...tooManyToday(sinceCallback(subjectAttempts, situation, t), limits.maxAttemptsPerDebtPerDay, zones, t)
    ], situation, t),
    ...tooManyToday(attempts, limits.maxAttemptsPerPersonPerDay, zones, t),
    ...tooManyLately(subjectAttempts, limits.maxAttemptsPerDebtPer7Days, WEEK_DAYS, zones, t)
  ])
}
