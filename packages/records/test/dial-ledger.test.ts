import t from 'tap'
import fc from 'fast-check'
import type { DialQuestion } from '@karani/calling-rules'
import { migrate, Records, type Again, type Decide } from '../src/index.ts'
import { emptyDatabase } from './database.ts'

const { url, client } = await emptyDatabase(t)
await migrate(url)
const [one, two] = [new Records({ url }), new Records({ url })] as const
t.teardown(() => Promise.all([one.close(), two.close()]))

const ROOM = { calls: 100, ofLine: () => 100 }
const NEVER: Again = () => null
/** The rules of this test: no stop, and no call that is live. */
const decide: Decide = ({ stops, attempts }) => {
  const isLive = attempts.some(({ state }) => ['reserved', 'posting', 'posted'].includes(state))
  const reason = stops.length > 0 ? 'opt-out' : isLive ? 'call-live' : null
  const question = {} as DialQuestion
  if (reason === null) return { question, decision: { verdict: 'call-now', policyVersion: 'test' } }
  if (reason === 'call-live') return { question, decision: { verdict: 'call-at', reason, at: new Date().toISOString(), policyVersion: 'test' } }
  return { question, decision: { verdict: 'never', reason, policyVersion: 'test' } }
}

await client.query("insert into dialling.campaigns (campaign_id, name, line, purpose, state, created_at) select c, c, '+254711000001', 'reminder', 'running', now() from unnest(array['a', 'b']) c")
let leads = 0
async function lead (campaignId = 'a', phone = `+2547${10_000_000 + leads}`): Promise<{ leadId: string, phone: string }> {
  const leadId = `lead-${leads++}`
  await client.query("insert into dialling.leads (lead_id, campaign_id, position, phone, subject, state, due_at, planned_at) values ($1, $2, $3, $4, $1, 'waiting', now(), now())", [leadId, campaignId, leads, phone])
  return { leadId, phone }
}
const reserve = async (records: Records, leadId: string, attemptId: string, room = ROOM) => (await records.write(({ dialLedger }) => dialLedger.reserve(leadId, attemptId, room, decide))).result
const begin = async (records: Records, attemptId: string): Promise<boolean> => await records.write(({ dialLedger }) => dialLedger.beginPosting(attemptId, decide))
const stop = async (records: Records, phone: string): Promise<void> => await records.write(({ stops }) => stops.stop({ phone, accountId: null, reason: 'opt-out', scope: 'calls', callId: null, callerTurn: null, at: new Date(), until: null }))
const row = async (leadId: string) => (await client.query('select state, outcome, reason, attempts from dialling.leads where lead_id = $1', [leadId])).rows[0]
const states = async (leadId: string) => (await client.query('select state from dialling.dial_attempts where lead_id = $1 order by reserved_at', [leadId])).rows.map(({ state }) => state)

t.afterEach(() => client.query("update dialling.dial_attempts set state = 'ended' where state in ('reserved', 'posting', 'posted')"))

t.test('of two workers that serve one lead at once, one reserves it, and one may ask the carrier', async (t) => {
  for (let run = 0; run < 20; run++) {
    const { leadId } = await lead()
    const results = await Promise.all([reserve(one, leadId, `${leadId}-1`), reserve(two, leadId, `${leadId}-2`)])
    t.strictSame(results.sort(), ['not-due', 'reserved'])
    const attemptId = (await client.query('select attempt_id from dialling.dial_attempts where lead_id = $1', [leadId])).rows[0].attempt_id
    const begun = await Promise.all([begin(one, attemptId), begin(two, attemptId), begin(one, attemptId)])
    t.equal(begun.filter(Boolean).length, 1)
  }
})

t.test('of two campaigns that call one person at once, one does', async (t) => {
  for (let run = 0; run < 20; run++) {
    const first = await lead('a')
    const second = await lead('b', first.phone)
    const results = await Promise.all([reserve(one, first.leadId, `${first.leadId}-1`), reserve(two, second.leadId, `${second.leadId}-1`)])
    t.strictSame(results.sort(), ['denied', 'reserved'])
  }
})

t.test('an opt-out that races with the dial: either the carrier was allowed to be asked before it was in force, or nobody is called', async (t) => {
  for (let run = 0; run < 20; run++) {
    const { leadId, phone } = await lead()
    const events: string[] = []
    const dialling = reserve(one, leadId, `${leadId}-1`).then(async result => { if (result === 'reserved' && await begin(one, `${leadId}-1`)) events.push('begun') })
    const stopping = new Promise(resolve => setTimeout(resolve, run % 7)).then(() => stop(two, phone)).then(() => events.push('stopped'))
    await Promise.all([dialling, stopping])
    t.equal(await begin(two, `${leadId}-1`), false)
    if (!events.includes('begun')) t.match(await row(leadId), { state: 'done', outcome: 'refused', reason: 'opt-out' })
    t.ok(events.includes('begun') || (await states(leadId)).every(state => state === 'withdrawn'))
  }
})

t.test('after a stop no reserved attempt is allowed to go on, and after a pause neither', async (t) => {
  const [stopped, paused] = [await lead(), await lead('b')]
  for (const { leadId } of [stopped, paused]) await reserve(one, leadId, `${leadId}-1`)
  await stop(two, stopped.phone)
  await client.query("update dialling.campaigns set state = 'paused' where campaign_id = 'b'")
  for (const { leadId } of [stopped, paused]) t.equal(await begin(one, `${leadId}-1`), false)
  t.match(await row(stopped.leadId), { state: 'done', outcome: 'refused', reason: 'opt-out', attempts: 0 })
  t.match(await row(paused.leadId), { state: 'waiting', attempts: 0 })
  await client.query("update dialling.campaigns set state = 'running' where campaign_id = 'b'")
})

t.test('no more calls are live than may be, of all and of a line, however many want to be', async (t) => {
  for (const room of [{ calls: 3, ofLine: () => 100 }, { calls: 100, ofLine: () => 3 }]) {
    const ids = await Promise.all(Array.from({ length: 12 }, () => lead()))
    const results = await Promise.all(ids.map(({ leadId }, n) => reserve(n % 2 === 0 ? one : two, leadId, `${leadId}-1`, room)))
    t.equal(results.filter(result => result === 'reserved').length, 3)
    t.equal(results.filter(result => result === 'no-room').length, 9)
    await client.query("update dialling.dial_attempts set state = 'ended' where state = 'reserved'")
  }
})

t.test('where there is room for all who want it at once, nobody is told that there is none', async (t) => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => lead()))
  const results = await Promise.all(ids.map(({ leadId }, n) => reserve(n % 2 === 0 ? one : two, leadId, `${leadId}-1`, { calls: 40, ofLine: () => Infinity })))
  t.ok(results.every(result => result === 'reserved'))
})

t.test('those who hold the same two people in whatever order do not wait for each other for ever', async (t) => {
  const hold = async (records: Records, phone: string, accountId: string): Promise<void> => {
    await records.write(({ stops }) => stops.stop({ phone, accountId, reason: 'opt-out', scope: 'calls', callId: null, callerTurn: null, at: new Date(), until: null }))
  }
  for (let run = 0; run < 20; run++) await Promise.all([hold(one, 'A', 'B'), hold(two, 'B', 'A'), hold(one, 'B', 'A'), hold(two, 'A', 'B')])
  t.equal((await client.query("select count(*)::int from dialling.stops where phone in ('A', 'B')")).rows[0].count, 80)
})

t.test('a lead or an attempt that is not there is nothing to be done', async (t) => {
  t.equal(await reserve(one, 'lead-none', 'dial-none'), 'not-due')
  t.equal(await begin(one, 'dial-none'), false)
})

type Step = 'begin' | 'posted' | 'withdraw' | 'refused' | 'end' | 'giveUp'
const FINAL = new Set(['ended', 'unknown', 'withdrawn'])

t.test('whatever comes in whatever order and however often: the steps go forward, and an end is an end', async (t) => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom<Step>('begin', 'posted', 'withdraw', 'refused', 'end', 'giveUp'), { minLength: 1, maxLength: 8 }), async steps => {
    const { leadId } = await lead()
    const attemptId = `${leadId}-1`
    await reserve(one, leadId, attemptId)
    let [state] = await states(leadId)
    for (const step of steps) {
      await one.write(async ({ dialLedger }) => {
        if (step === 'begin') await dialLedger.beginPosting(attemptId, decide)
        if (step === 'posted') await dialLedger.posted(attemptId, ['HD_1'])
        if (step === 'withdraw') await dialLedger.withdraw(attemptId, 60_000)
        if (step === 'refused') await dialLedger.refused(attemptId, 'posting', NEVER)
        if (step === 'end') await dialLedger.end(attemptId, { outcome: 'no-answer', conversation: false, costMinor: 0, currency: 'KES', again: NEVER })
        if (step === 'giveUp') await dialLedger.giveUp(attemptId)
      })
      const [next] = await states(leadId)
      const allowed = next === state || (state === 'unknown' && next === 'ended') || !FINAL.has(state!)
      const forward = !(state === 'posted' && (next === 'posting' || next === 'reserved' || next === 'withdrawn')) && !(state === 'posting' && next === 'reserved')
      if (!allowed || !forward) throw new Error(`${state} -> ${next} by ${step}`)
      state = next
    }
    const { state: leadState, outcome } = await row(leadId)
    const expected = FINAL.has(state!) ? (state === 'withdrawn' && outcome === null ? 'waiting' : 'done') : 'dialling'
    if (leadState !== expected) throw new Error(`a lead is ${leadState}, its attempt ${state}`)
  }), { numRuns: 40 })
  t.pass('forty times')
})

t.test('what is taken to be looked after is taken by one', async (t) => {
  const ids = await Promise.all(Array.from({ length: 12 }, () => lead()))
  for (const { leadId } of ids) await reserve(one, leadId, `${leadId}-1`)
  await client.query("update dialling.dial_attempts set reserved_at = reserved_at - interval '31 seconds' where state = 'reserved'")
  const taken = await Promise.all([one, two, one, two].map(records => records.write(({ dialWatch }) => dialWatch.take('reserved', 30))))
  t.strictSame(taken.flat().map(({ attemptId }) => attemptId).sort(), ids.map(({ leadId }) => `${leadId}-1`).sort())
})
