import t from 'tap'
import { decide, POLICY_VERSION, type DenyReason, type DialQuestion } from '../src/index.ts'
import { daily, question } from './question.ts'

/** The worked examples of the rule set, by number; each is decided in every zone that a server may be in. */
interface Example {
  readonly given: string
  readonly at: string
  readonly facts?: Partial<DialQuestion>
  /** 'now', or the reason and when again; no instant: never. */
  readonly expected: 'now' | readonly [reason: DenyReason, at?: string]
}

const attempt = (at: string, { subject = 'loan-1', conversation = false } = {}) => ({ subject, at, conversation })
const stop = (kind: NonNullable<DialQuestion['stops']>[number]['kind'], until: string | null = null) => ({ kind, scope: 'all' as const, since: '2026-11-18T09:00:00Z', until })
const nigeria = { countries: ['NG'], tenant: { windows: daily(['07:00', '22:00']) } }
const newYork = { countries: ['US'], zones: ['America/New_York'], tenant: { windows: daily(['08:00', '21:00']) } }
const newYorkOrArizona = { ...newYork, zones: ['America/New_York', 'America/Phoenix'] }
const talkedOnThe8th = { ...newYork, attempts: [attempt('2026-06-08T16:00:00Z', { conversation: true })] }
const june = (days: number[]) => days.map(day => attempt(`2026-06-${String(day).padStart(2, '0')}T16:00:00Z`))
const sevenADay = { ...newYork, tenant: { ...newYork.tenant, maxAttemptsPerDebtPer7Days: 100 } }
const callMeOnMonday = { // said at 10:00 on Thursday
  attempts: [attempt('2026-11-19T06:58:00Z', { conversation: true })],
  callback: { askedAt: '2026-11-19T07:00:00Z', from: '2026-11-22T21:00:00Z', until: '2026-11-23T21:00:00Z' }
}
const tanzania = { countries: ['TZ'], purpose: 'collection' as const }

const EXAMPLES: Readonly<Record<number, readonly Example[]>> = {
  1: [{ given: 'Kenya, Tuesday 07:59:59', at: '2026-11-24T04:59:59Z', expected: ['quiet-hours', '2026-11-24T05:00:00.000Z'] }],
  2: [{ given: 'Kenya, Tuesday 08:00:00', at: '2026-11-24T05:00:00Z', expected: 'now' }],
  3: [
    { given: 'Kenya, Tuesday 17:58:01: the margin of 120 s', at: '2026-11-24T14:58:01Z', expected: ['quiet-hours', '2026-11-25T05:00:00.000Z'] },
    { given: 'the last second', at: '2026-11-24T14:57:59Z', expected: 'now' }
  ],
  4: [
    { given: 'Nigeria, configured 07:00 to 22:00, at 07:30', at: '2026-11-24T06:30:00Z', facts: nigeria, expected: ['quiet-hours', '2026-11-24T07:00:00.000Z'] },
    { given: 'at 20:57', at: '2026-11-24T19:57:00Z', facts: nigeria, expected: 'now' },
    { given: 'at 21:00', at: '2026-11-24T20:00:00Z', facts: nigeria, expected: ['quiet-hours', '2026-11-25T07:00:00.000Z'] }
  ],
  5: [{ given: 'Nigeria, Saturday 20:30, nothing configured', at: '2026-11-21T19:30:00Z', facts: { countries: ['NG'] }, expected: ['quiet-hours', '2026-11-23T07:00:00.000Z'] }],
  6: [
    { given: 'Kenya, queued for 20:00', at: '2026-11-24T17:00:00Z', expected: ['quiet-hours', '2026-11-25T05:00:00.000Z'] },
    { given: 'and the next morning, for nothing was counted', at: '2026-11-25T05:00:00Z', expected: 'now' }
  ],
  7: [
    { given: 'a New York number, 18:30 in July at an address in Arizona', at: '2026-07-15T01:30:00Z', facts: newYorkOrArizona, expected: ['quiet-hours', '2026-07-15T15:00:00.000Z'] },
    { given: 'were it Arizona for certain', at: '2026-07-15T01:30:00Z', facts: { ...newYork, zones: ['America/Phoenix'] }, expected: 'now' }
  ],
  8: [
    { given: 'the first 01:30 of the night that is an hour longer', at: '2026-11-01T05:30:00Z', facts: newYork, expected: ['quiet-hours', '2026-11-01T13:00:00.000Z'] },
    { given: 'the second', at: '2026-11-01T06:30:00Z', facts: newYork, expected: ['quiet-hours', '2026-11-01T13:00:00.000Z'] },
    { given: '16 hours after 20:00, which is 11:00 and not 12:00', at: '2026-11-01T15:59:59Z', facts: { ...newYork, tenant: { ...newYork.tenant, minGapMinutes: 960 }, attempts: [attempt('2026-11-01T00:00:00Z')] }, expected: ['attempt-cap', '2026-11-01T16:00:00.000Z'] }
  ],
  9: [
    ...[9, 10, 11, 12, 13, 14].map(day => ({ given: `a conversation on the 8th, asked on the ${day}th`, at: `2026-06-${String(day).padStart(2, '0')}T16:00:00Z`, facts: talkedOnThe8th, expected: ['conversation-cooldown', '2026-06-15T12:00:00.000Z'] as const })),
    { given: 'on the 15th', at: '2026-06-15T12:00:00Z', facts: talkedOnThe8th, expected: 'now' }
  ],
  10: [
    { given: 'seven attempts in seven days', at: '2026-06-14T22:00:00Z', facts: { ...sevenADay, attempts: june([8, 9, 10, 11, 12, 13, 14]) }, expected: ['attempt-cap', '2026-06-15T12:00:00.000Z'] },
    { given: 'six, were the outer limit asked for', at: '2026-06-14T16:00:00Z', facts: { ...sevenADay, attempts: june([8, 9, 10, 11, 12, 13]) }, expected: 'now' },
    { given: 'three, by our own limit', at: '2026-06-11T16:00:00Z', facts: { ...newYork, attempts: june([8, 9, 10]) }, expected: ['attempt-cap', '2026-06-15T12:00:00.000Z'] }
  ],
  11: [
    { given: '"nipigie Jumatatu" on Thursday: on Friday', at: '2026-11-20T07:00:00Z', facts: callMeOnMonday, expected: ['inconvenient-time', '2026-11-23T05:00:00.000Z'] },
    { given: 'on Monday', at: '2026-11-23T05:00:00Z', facts: callMeOnMonday, expected: 'now' },
    { given: 'on Monday evening', at: '2026-11-23T18:00:00Z', facts: callMeOnMonday, expected: ['quiet-hours', '2026-11-26T05:00:00.000Z'] }
  ],
  12: [{ given: '"acha nione kama naweza kulipa", which is not recorded as a stop', at: '2026-11-24T07:00:00Z', facts: { stops: [] }, expected: 'now' }],
  13: ['loan-1', 'loan-1', 'loan-2'].map(subject => ({ given: `"acheni kunipigia", and a job for ${subject}`, at: '2026-11-24T07:00:00Z', facts: { subject, stops: [stop('opt-out')] }, expected: ['opt-out'] as const })),
  14: [{ given: 'a promise for Friday, and a job for Friday 10:00', at: '2026-11-20T07:00:00Z', facts: { stops: [stop('promise', '2026-11-20T21:00:00Z')] }, expected: ['promise-pending', '2026-11-21T06:00:00.000Z'] }],
  15: [
    { given: 'Tanzania, a notice sent 13 days and 23 hours ago', at: '2026-11-24T07:00:00Z', facts: { ...tanzania, noticeSentAt: '2026-11-10T08:00:00Z' }, expected: ['notice-period', '2026-11-24T08:00:00.000Z'] },
    { given: 'an hour later', at: '2026-11-24T08:00:00Z', facts: { ...tanzania, noticeSentAt: '2026-11-10T08:00:00Z' }, expected: 'now' },
    { given: 'no notice', at: '2026-11-24T08:00:00Z', facts: tanzania, expected: ['notice-period'] }
  ],
  16: [{ given: 'Mashujaa Day', at: '2026-10-20T07:00:00Z', expected: ['holiday', '2026-10-21T05:00:00.000Z'] }],
  17: [{ given: 'the stops cannot be read', at: '2026-11-24T07:00:00Z', facts: { stops: null }, expected: ['policy-missing', '2026-11-24T08:00:00.000Z'] }],
  18: [
    { given: 'the clock of the asking process is ten minutes fast', at: '2026-11-24T07:00:00Z', facts: { askerClock: '2026-11-24T07:10:00Z' }, expected: ['clock-untrusted', '2026-11-24T07:01:00.000Z'] },
    { given: 'thirty seconds slow', at: '2026-11-24T07:00:00Z', facts: { askerClock: '2026-11-24T06:59:30Z' }, expected: 'now' }
  ],
  19: [
    { given: 'a number that went from Uganda to the US: hours that suit both there are none', at: '2026-11-24T07:00:00Z', facts: { countries: ['UG', 'US'] }, expected: ['quiet-hours'] },
    { given: 'the same in Kampala for certain, on a holiday of the other', at: '2026-11-26T07:00:00Z', facts: { countries: ['UG', 'US'], zones: ['Africa/Kampala'] }, expected: ['holiday', '2026-11-27T05:00:00.000Z'] }
  ],
  20: [
    { given: 'an emergency contact, about the debt of another', at: '2026-11-24T07:00:00Z', facts: { relation: 'other' }, expected: ['number-not-allowed'] },
    { given: 'about their own', at: '2026-11-24T07:00:00Z', facts: { relation: 'self', subject: 'loan-2' }, expected: 'now' }
  ]
}

const ownZone = process.env.TZ
t.teardown(() => { if (ownZone === undefined) delete process.env.TZ; else process.env.TZ = ownZone })

for (const [zone, offset] of [['UTC', 0], ['Africa/Nairobi', -180], ['America/New_York', 300], ['Pacific/Kiritimati', -840]] as const) {
  for (const [number, examples] of Object.entries(EXAMPLES)) {
    t.test(`example ${number} on a server in ${zone}`, async (t) => {
      process.env.TZ = zone
      t.equal(new Date('2026-01-15T00:00:00Z').getTimezoneOffset(), offset)
      for (const { given, at, facts, expected } of examples) {
        const [reason, again] = expected === 'now' ? [] : expected
        const verdict = expected === 'now' ? { verdict: 'call-now' } : again === undefined ? { verdict: 'never', reason } : { verdict: 'call-at', reason, at: again }
        t.same(decide(question(at, facts), new Date(at)), { policyVersion: POLICY_VERSION, ...verdict }, given)
      }
    })
  }
}
