import { dayAt } from '@karani/calendar'
import { publicHoliday } from '../holidays/public-holidays.ts'
import { DAY, holdFor, HOUR, longest, MINUTE, SECOND, type Rule } from './rule.ts'

const MOST_CLOCK_DIFFERENCE_MS = 30 * SECOND
const OLDEST_PLAN_MS = DAY
/** The longest call. */
const LIVE_CALL_MS = 15 * MINUTE

/** Stops that cannot be read, or no holidays for this year: somebody has to see to it, and the call waits. An unknown country never gets here. */
export const policyMissing: Rule = (situation, t) => {
  const { at, stops, terms: { places } } = situation
  const isKnown = stops !== null && places.every(({ country, zone }) => publicHoliday(country, dayAt(new Date(at), zone)) !== undefined)
  return isKnown ? null : holdFor('policy-missing', situation, t, HOUR)
}

export const clockUntrusted: Rule = (situation, t) =>
  Math.abs(situation.at - situation.askerClock) > MOST_CLOCK_DIFFERENCE_MS ? holdFor('clock-untrusted', situation, t, MINUTE) : null

/** A plan that has waited too long, in a queue that was down, is made anew. */
export const staleJob: Rule = (situation, t) =>
  situation.at - situation.plannedAt > OLDEST_PLAN_MS ? holdFor('stale-job', situation, t, MINUTE) : null

export const callLive: Rule = (situation, t) => situation.isLive ? holdFor('call-live', situation, t, LIVE_CALL_MS) : null

/** "Not now", and "call me on Monday", which is not before Monday. */
export const inconvenientTime: Rule = ({ inconvenient, callback }, t) => longest('inconvenient-time', [
  ...inconvenient.filter(({ from, until }) => from <= t && t < until).map(({ until }) => until),
  ...(callback !== null && t < callback.from ? [callback.from] : [])
])
