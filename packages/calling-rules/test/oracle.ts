import type { DialQuestion } from '../src/index.ts'
import { OracleCase } from './oracle-case.ts'
import { ZONES } from './oracle-policies.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** The rules once more, from their text and slowly: it looks at one minute after another until nothing stands against a call. */
export function oracle (question: DialQuestion, now: Date): { verdict: string, reason?: string, at?: string } {
  const at = now.getTime()
  const isKnown = question.countries.length > 0 && question.countries.every(country => ZONES[country] !== undefined) && !question.zones.includes('Africa/Nowhere')
  if (!isKnown) return { verdict: 'never', reason: question.number !== 'dialable' || question.relation === 'other' ? 'number-not-allowed' : 'policy-missing' }
  const that = new OracleCase(question, at)
  const standing = [...that.lasting(at), ...that.hours(at)]
  if (standing[0] === undefined) return { verdict: 'call-now' }
  for (const { reason, never } of standing) if (never) return { verdict: 'never', reason }
  const reason = standing[0].reason
  const ends = that.ends()
  let giveUpAt = Infinity
  for (let minute = Math.floor(at / MINUTE) * MINUTE + MINUTE; ; minute += MINUTE) {
    const instants = [minute]
    while (ends[0] !== undefined && ends[0] < minute) instants.splice(-1, 0, ends.shift() ?? 0)
    for (const t of instants) {
      if (that.isOpen(t) && that.lasting(t).length === 0 && t <= giveUpAt) return { verdict: 'call-at', reason, at: new Date(t).toISOString() }
    }
    if (minute > at + 60 * DAY && giveUpAt === Infinity) giveUpAt = that.lastStanding(minute) + 60 * DAY
    if (minute > giveUpAt) return { verdict: 'never', reason: 'quiet-hours' }
  }
}
