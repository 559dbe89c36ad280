import t from 'tap'
import { decide, STOP_KINDS, type DialDecision, type DialQuestion } from '../src/index.ts'
import { daily, question } from './question.ts'

const AT = '2026-11-24T07:00:00Z' // a Tuesday, 10:00 in Nairobi
const asked = (differences: Partial<DialQuestion> = {}, at = AT): DialDecision => decide(question(at, differences), new Date(at))
const attempt = (at: string, subject = 'loan-1', conversation = false) => ({ subject, at, conversation })

t.test('a stop of reminders leaves deliveries alone, one of calls or of all stops those too', async (t) => {
  for (const kind of STOP_KINDS) {
    const stops = (scope: 'reminders' | 'calls' | 'all') => [{ kind, scope, since: '2026-11-01T00:00:00Z', until: null }]
    for (const scope of ['reminders', 'calls', 'all'] as const) t.match(asked({ stops: stops(scope) }), { verdict: 'never' }, `${kind}, ${scope}`)
    t.match(asked({ purpose: 'delivery', stops: stops('reminders') }), { verdict: 'call-now' }, kind)
    for (const scope of ['calls', 'all'] as const) t.match(asked({ purpose: 'delivery', stops: stops(scope) }), { verdict: 'never' }, `${kind}, ${scope}`)
  }
})

t.test('a withdrawal ends what was given before it, and not what is given after', async (t) => {
  const consent = (givenAt: string, withdrawnAt: string | null = null, basis: 'consent' | 'contract' = 'consent') => ({ purpose: 'reminder' as const, basis, givenAt, withdrawnAt })
  t.match(asked({ consents: [consent('2026-01-01T00:00:00Z', null, 'contract'), consent('2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z')] }), { verdict: 'never', reason: 'no-consent' })
  t.match(asked({ consents: [consent('2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'), consent('2026-04-01T00:00:00Z')] }), { verdict: 'call-now' })
  t.match(asked({ consents: [consent('2026-11-25T00:00:00Z')] }), { verdict: 'never', reason: 'no-consent' })
})

t.test('a contract is a basis for a reminder, and for nothing else', async (t) => {
  const consents = (['reminder', 'collection', 'delivery'] as const).map(purpose => ({ purpose, basis: 'contract' as const, givenAt: '2026-01-01T00:00:00Z', withdrawnAt: null }))
  t.match(asked({ consents }), { verdict: 'call-now' })
  for (const purpose of ['collection', 'delivery'] as const) t.match(asked({ purpose, consents }), { reason: 'no-consent' })
  t.match(asked({ countries: ['NG'], consents }, '2026-11-24T09:00:00Z'), { reason: 'no-consent' }, 'in Nigeria for nothing at all')
})

t.test('a debt has one attempt a day and three in seven days, a person two a day, four hours apart', async (t) => {
  t.match(asked({ attempts: [attempt('2026-11-24T05:00:00Z')] }), { reason: 'attempt-cap', at: '2026-11-25T05:00:00.000Z' })
  t.match(asked({ attempts: [attempt('2026-11-24T05:00:00Z', 'loan-2')] }), { reason: 'attempt-cap', at: '2026-11-24T09:00:00.000Z' })
  t.match(asked({ attempts: [attempt('2026-11-24T05:00:00Z', 'loan-2')] }, '2026-11-24T09:00:00Z'), { verdict: 'call-now' })
  t.match(asked({ attempts: [attempt('2026-11-24T05:00:00Z', 'loan-2'), attempt('2026-11-24T09:00:00Z', 'loan-3')] }, '2026-11-24T14:00:00Z'), { reason: 'attempt-cap', at: '2026-11-25T05:00:00.000Z' })
  t.match(asked({ attempts: ['18', '19', '20'].map(day => attempt(`2026-11-${day}T07:00:00Z`)) }), { reason: 'attempt-cap', at: '2026-11-25T05:00:00.000Z' })
})

t.test('a business has fewer attempts at will, and more only up to the outer limit', async (t) => {
  const earlier = (count: number) => Array.from({ length: count }, (_, index) => attempt(`2026-11-${23 - index}T07:00:00Z`))
  t.match(asked({ tenant: { maxAttemptsPerDebtPer7Days: 1 }, attempts: earlier(1) }), { reason: 'attempt-cap' })
  t.match(asked({ tenant: { maxAttemptsPerDebtPer7Days: 100 }, attempts: earlier(6) }), { verdict: 'call-now' })
  t.match(asked({ tenant: { maxAttemptsPerDebtPer7Days: 100 }, attempts: [...earlier(6), attempt('2026-11-18T05:00:00Z')] }), { reason: 'attempt-cap' })
  t.match(asked({ tenant: { maxAttemptsPerPersonPerDay: 0 } }), { verdict: 'never', reason: 'attempt-cap' })
  t.match(asked({ tenant: { minGapMinutes: 0 }, attempts: [attempt('2026-11-24T06:30:00Z', 'loan-2')] }), { reason: 'attempt-cap', at: '2026-11-24T07:30:00.000Z' })
})

t.test('a parcel that is on its way is called for twice a day, and a conversation does not silence it', async (t) => {
  t.match(asked({ purpose: 'delivery', attempts: [attempt('2026-11-24T06:30:00Z', 'loan-1', true)] }), { verdict: 'call-now' })
  t.match(asked({ purpose: 'delivery', attempts: [attempt('2026-11-24T06:31:00Z')] }), { reason: 'attempt-cap', at: '2026-11-24T07:01:00.000Z' })
})

t.test('a conversation that the person began counts as one that we began', async (t) => {
  t.match(asked({ conversations: ['2026-11-20T07:00:00Z'] }), { reason: 'conversation-cooldown', at: '2026-11-27T05:00:00.000Z' })
})

t.test('a callback is for one call: what happens from its hour on stands in the way again', async (t) => {
  const callback = { askedAt: '2026-11-24T04:00:00Z', from: '2026-11-24T06:00:00Z', until: '2026-11-24T14:00:00Z' }
  const before = [attempt('2026-11-24T03:58:00Z', 'loan-1', true)]
  t.match(asked({ callback, attempts: before }), { verdict: 'call-now' })
  t.match(asked({ callback, attempts: [...before, attempt('2026-11-24T06:01:00Z', 'loan-1', true)] }), { reason: 'conversation-cooldown' })
  t.match(asked({ callback, attempts: [...before, attempt('2026-11-24T06:01:00Z', 'loan-2')] }), { reason: 'attempt-cap', at: '2026-12-01T05:00:00.000Z' })
  t.match(asked({ callback: { ...callback, askedAt: '2026-11-17T06:00:00Z' }, attempts: before }), { reason: 'conversation-cooldown' }, 'nor for one that was asked for a week ago')
})

t.test('a closed day has the hours of a holiday, at once', async (t) => {
  const closedDays = [{ country: 'NG', day: '2026-11-24' }, { country: 'KE', day: '2026-11-25' }]
  const open = { windows: daily(['08:00', '21:00']) }
  t.match(asked({ countries: ['NG'], closedDays }), { reason: 'closed-day', at: '2026-11-25T07:00:00.000Z' })
  t.match(asked({ countries: ['NG'], closedDays, tenant: open }), { verdict: 'call-now' }, 'where a business may call on holidays, and does')
  t.match(asked({ closedDays }), { verdict: 'call-now' }, 'of another country, it is none')
  t.match(asked({ closedDays: [{ country: 'KE', day: '2026-11-24' }], tenant: open }), { reason: 'closed-day' }, 'in Kenya nobody may')
})

t.test('of two countries the stricter hours, limits and feasts hold', async (t) => {
  const both = { countries: ['GB', 'US'], zones: ['Europe/London'], tenant: { windows: daily(['08:00', '21:00']) } }
  t.match(asked(both, '2026-11-24T20:30:00Z'), { reason: 'quiet-hours', at: '2026-11-25T08:00:00.000Z' })
  t.match(asked({ ...both, countries: ['US'] }, '2026-11-24T20:30:00Z'), { verdict: 'call-now' })
  t.match(asked(both, '2026-12-28T10:00:00Z'), { reason: 'holiday' })
  t.match(asked({ countries: ['KE', 'TZ'], purpose: 'collection', noticeSentAt: '2026-11-20T07:00:00Z' }), { reason: 'notice-period', at: '2026-12-04T07:00:00.000Z' })
})

t.test('in a country of many zones there is no hour that is too early or too late in any of them', async (t) => {
  t.match(asked({ countries: ['US'] }), { reason: 'quiet-hours', at: '2026-11-24T18:00:00.000Z' }) // 08:00 on Hawaii and Adak, 13:00 in New York
  t.match(asked({ countries: ['US'] }, '2026-11-24T22:58:00Z'), { reason: 'quiet-hours', at: '2026-11-25T18:00:00.000Z' })
})
