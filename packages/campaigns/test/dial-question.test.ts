import t from 'tap'
import { callingOf } from '@karani/lines'
import type { Decide, LeadFacts, RowPreview } from '@karani/records'
import { decider, dialQuestion, objectRows, rehearseCampaign } from '../src/index.ts'
import { demoDatabase, request } from './helper.ts'

const { records, client } = await demoDatabase(t)
/** A Tuesday, 10:00 in Nairobi, for all decisions here. */
const TUESDAY = new Date('2026-11-24T07:00:00Z')
const ROW = { accountId: 'LN-1001', phone: '+254712345678' }

t.afterEach(() => client.query('delete from dialling.closed_days; delete from dialling.whereabouts; truncate dialling.campaigns cascade'))

/** What the real facts of a lead lead to, as if it were `at`. `calling` is what the lines file says of the line. */
async function asked (calling: Parameters<typeof callingOf>[1]['calling'] = {}, at = TUESDAY): Promise<RowPreview['decision']> {
  const decisions: Array<RowPreview['decision']> = []
  const terms = callingOf({ country: 'KE' }, { calling })
  const then: Decide = (facts, now) => decider(terms)(planned(facts, at), at, at.getTime() - Date.now())
  await rehearseCampaign(records, request({ key: 'k', withoutConsent: 'refuse' }), objectRows([ROW]), then, ({ decision }) => decisions.push(decision))
  return decisions[0]!
}
const planned = (facts: LeadFacts, at: Date): LeadFacts => ({ ...facts, lead: { ...facts.lead, plannedAt: at }, consents: facts.consents.map(consent => ({ ...consent, givenAt: new Date('2026-01-01T00:00:00Z') })) })

t.test('where nothing is configured or noted, the country of the number alone decides', async (t) => {
  t.match(await asked(), { verdict: 'call-now' })
})

t.test('what the line asks of itself takes calls away', async (t) => {
  t.match(await asked({ windows: { tue: ['11:00', '17:00'] } }), { verdict: 'call-at', reason: 'quiet-hours', at: '2026-11-24T08:00:00.000Z' })
  t.match(await asked({ maxAttemptsPerPersonPerDay: 0 }), { verdict: 'never', reason: 'attempt-cap' })
  t.match(await asked({ countries: ['UG'] }), { verdict: 'never', reason: 'number-not-allowed' })
  t.match(await asked({ closedDays: [{ day: '2026-11-24', name: 'Stocktaking' }] }), { verdict: 'call-at', reason: 'closed-day', at: '2026-11-25T05:00:00.000Z' })
})

t.test('a day that the operator closes is closed for the very next decision, and when it is opened again it is open', async (t) => {
  await records.write(({ closedDays }) => closedDays.close({ country: 'KE', day: '2026-11-24', name: 'Eid' }))
  t.match(await asked(), { verdict: 'call-at', reason: 'closed-day', at: '2026-11-25T05:00:00.000Z' })
  t.ok(await records.write(({ closedDays }) => closedDays.reopen({ country: 'KE', day: '2026-11-24' })))
  t.match(await asked(), { verdict: 'call-now' })
})

const noteOf = (country: string, isConfirmed: boolean, zone: string | null = null) => records.write(({ whereabouts }) => whereabouts.note({ accountId: 'LN-1001' }, { country, zone, isConfirmed }))

t.test('whoever may have moved to another country has the strictest rules of both, until a person has made sure', async (t) => {
  await noteOf('GB', false)
  t.match(await asked(), { verdict: 'call-at', reason: 'quiet-hours', at: '2026-11-24T08:00:00.000Z' }) // 08:00 in London, 11:00 in Nairobi
  t.match(await asked({}, new Date('2026-11-24T15:30:00Z')), { reason: 'quiet-hours' }, '18:30 in Nairobi')
  t.match(await asked({}, new Date('2026-12-26T08:00:00Z')), { reason: 'holiday' }, 'Boxing Day in both, as it happens')
  await noteOf('GB', true)
  t.match(await asked({}, new Date('2026-11-24T15:30:00Z')), { verdict: 'call-now' }, '15:30 in London is enough')
  t.match(await asked(), { reason: 'quiet-hours', at: '2026-11-24T08:00:00.000Z' })
  await noteOf('KE', true)
  t.match(await asked(), { verdict: 'call-now' })
})

t.test('to a country without rules nobody is called, suspected or confirmed', async (t) => {
  for (const isConfirmed of [false, true]) {
    await noteOf('FR', isConfirmed)
    t.match(await asked(), { verdict: 'never', reason: 'policy-missing' })
  }
})

t.test('in a country of many zones, one that a person has made sure of is enough; else all must agree', async (t) => {
  await records.write(({ consents }) => consents.give({ phone: ROW.phone, subject: null, purpose: 'reminder', basis: 'consent', wording: null, language: null, channel: null, evidence: null, expiresAt: null, givenAt: new Date('2026-01-01T00:00:00Z') }))
  await noteOf('US', true)
  t.match(await asked({}, new Date('2026-11-24T14:00:00Z')), { reason: 'quiet-hours', at: '2026-11-24T18:00:00.000Z' })
  await noteOf('US', true, 'America/New_York')
  t.match(await asked({}, new Date('2026-11-24T14:00:00Z')), { verdict: 'call-now' })
  await t.rejects(noteOf('US', false, 'America/New_York'), 'nor does the database take a zone that nobody has made sure of')
})

t.test('an account that was called under a number of another country has the rules of both', async (t) => {
  await client.query("insert into dialling.campaigns (campaign_id, name, line, purpose, state, created_at) values ('june', 'june', '+254711000001', 'reminder', 'running', now())")
  await client.query("insert into dialling.leads (lead_id, campaign_id, position, phone, subject, state, outcome, due_at, planned_at) values ('lead-1', 'june', 1, '+447912345678', 'LN-1001', 'done', 'no-answer', now(), now())")
  await client.query("insert into dialling.dial_attempts (attempt_id, lead_id, phone, subject, state, reserved_at) values ('dial-1', 'lead-1', '+447912345678', 'LN-1001', 'ended', now() - interval '1 year')")
  t.match(await asked(), { reason: 'quiet-hours', at: '2026-11-24T08:00:00.000Z' })
  await noteOf('KE', true)
  t.match(await asked(), { verdict: 'call-now' }, 'until a person has made sure')
})

t.test('worked example 19: from Uganda to the US there is no hour that suits both, so nobody is called', async (t) => {
  const questions: Array<ReturnType<typeof dialQuestion>> = []
  await noteOf('US', false)
  const terms = { countries: ['KE', 'UG'], tenant: {}, closedDays: [], askerClock: TUESDAY }
  const rows: RowPreview[] = []
  await rehearseCampaign(records, request({ key: 'k', withoutConsent: 'refuse' }), objectRows([ROW]), (facts, at, offsetMs) => {
    const ugandan = { ...planned(facts, TUESDAY), lead: { ...facts.lead, phone: '+256772123456', plannedAt: TUESDAY } }
    questions.push(dialQuestion(ugandan, TUESDAY, terms))
    return decider(terms)(ugandan, TUESDAY, TUESDAY.getTime() - Date.now())
  }, row => rows.push(row))
  t.match(questions, [{ countries: ['UG', 'US'], zones: [] }])
  t.match(rows, [{ decision: { verdict: 'never', reason: 'quiet-hours' } }])
})
