import t from 'tap'
import { decide, DENY_REASONS, DialQuestion, type DialDecision } from '../src/index.ts'
import { daily, question } from './question.ts'

const AT = '2026-11-24T07:00:00Z'
const asked = (differences: Partial<DialQuestion> = {}, at = AT): DialDecision => decide(question(at, differences), new Date(at))
const never = (reason: string) => ({ verdict: 'never', reason })

t.test('with everything in place the answer is a call', async (t) => {
  t.match(asked(), { verdict: 'call-now' })
})

for (const field of Object.keys(DialQuestion.properties)) {
  t.test(`without ${field} nobody is called`, async (t) => {
    const { [field as 'stops']: _, ...rest } = question(AT)
    t.match(decide(rest as DialQuestion, new Date(AT)), { verdict: 'never', reason: /^(policy-missing|number-not-allowed)$/ })
  })
}

const missing: ReadonlyArray<readonly [title: string, differences: Partial<DialQuestion>, expected: object]> = [
  ['a country', { countries: [] }, never('policy-missing')],
  ['a policy for the country', { countries: ['FR'] }, never('policy-missing')],
  ['a policy for one of two countries', { countries: ['KE', 'FR'] }, never('policy-missing')],
  ['a country that is one', { countries: ['constructor'] }, never('policy-missing')],
  ['a zone that is one', { zones: ['Africa/Nairobi', 'Africa/Kisumu'] }, never('policy-missing')],
  ['a record of consent', { consents: [] }, never('no-consent')],
  ['the list of stops', { stops: null }, { verdict: 'call-at', reason: 'policy-missing', at: '2026-11-24T08:00:00.000Z' }],
  ['a notice where one is needed', { countries: ['NG'], purpose: 'collection' }, never('notice-period')],
  ['a number that may be dialled', { number: 'not-dialable' }, never('number-not-allowed')],
  ['a clock that agrees', { askerClock: '2026-11-24T06:59:00Z' }, { verdict: 'call-at', reason: 'clock-untrusted', at: '2026-11-24T07:01:00.000Z' }],
  ['a clock', { askerClock: '2026-11-31T25:00:00Z' }, never('policy-missing')],
  ['a stop whose end is an instant', { stops: [{ kind: 'promise', scope: 'all', since: AT, until: '2026-13-01T00:00:00Z' }] }, never('policy-missing')],
  ['any opening hours', { tenant: { windows: daily(null) } }, never('quiet-hours')],
  ['opening hours that are some', { tenant: { windows: daily(['18:00', '08:00']) } }, never('quiet-hours')]
]
for (const [title, differences, expected] of missing) {
  t.test(`without ${title} nobody is called`, async (t) => {
    t.match(asked(differences), expected)
  })
}

t.test('without holidays for the year nobody is called, and it is asked again every hour', async (t) => {
  t.match(asked({}, '2033-03-01T07:00:00Z'), { verdict: 'call-at', reason: 'policy-missing', at: '2033-03-01T08:00:00.000Z' })
  t.match(asked({}, '2024-03-01T07:00:00Z'), { verdict: 'call-at', reason: 'policy-missing' })
})

t.test('at an instant that is none nobody is called', async (t) => {
  t.match(decide(question(AT), new Date(NaN)), never('policy-missing'))
})

t.test('what will never be comes before what will pass', async (t) => {
  const stops = (['promise', 'opt-out'] as const).map(kind => ({ kind, scope: 'all' as const, since: AT, until: kind === 'promise' ? '2026-11-25T00:00:00Z' : null }))
  t.match(asked({ stops, askerClock: '2026-11-24T06:00:00Z' }), never('opt-out'))
})

t.test('among what will pass the first reason is given, and the instant at which all has', async (t) => {
  const inconvenient = [{ from: '2026-11-24T06:00:00Z', until: '2026-11-25T11:00:00Z' }]
  t.match(asked({ inconvenient, live: true, plannedAt: '2026-11-22T07:00:00Z' }), { reason: 'inconvenient-time', at: '2026-11-25T11:00:00.000Z' })
  t.match(asked({ live: true, plannedAt: '2026-11-22T07:00:00Z' }), { reason: 'stale-job', at: '2026-11-24T07:15:00.000Z' })
  t.ok(DENY_REASONS.indexOf('stale-job') < DENY_REASONS.indexOf('call-live'))
})

t.test('a promise for a day in three months is waited for', async (t) => {
  t.match(asked({ stops: [{ kind: 'promise', scope: 'reminders', since: AT, until: '2027-02-27T21:00:00Z' }] }), { reason: 'promise-pending', at: '2027-03-01T05:00:00.000Z' })
})
