import { addDays, dayAt, startOfDay } from '@karani/calendar'
import type { Situation } from '../situation.ts'
import { DAY, longest, MINUTE, type Rule } from './rule.ts'

/** Attempts and conversations count on their day, the first, and the six that follow. */
const WEEK_DAYS = 7
const CALLBACK_HOLDS_MS = 7 * DAY

/** From when on a callback lifts what stands in its way. */
const liftsAt = ({ callback }: Situation): number => callback === null ? Infinity : Math.max(callback.from, callback.askedAt)

/** Somebody who asked to be called is called: what happened before does not stand in the way, what happens from that hour on does. */
function sinceCallback (events: readonly number[], situation: Situation, t: number): readonly number[] {
  const { callback } = situation
  const lifted = liftsAt(situation)
  return callback !== null && lifted <= t && t < callback.until && t < callback.askedAt + CALLBACK_HOLDS_MS ? events.filter(event => event >= lifted) : events
}

/** A rule that a callback lifts is known to stand until then, and no longer. */
function untilCallback (untils: readonly number[], situation: Situation, t: number): readonly number[] {
  const lifted = liftsAt(situation)
  return t < lifted ? untils.map(until => Math.min(until, lifted)) : untils
}

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
