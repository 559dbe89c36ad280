import t from 'tap'
import { diallingHouse, eventually, LINE, phoneOf, shortPhone } from './dialling-house.ts'

const house = await diallingHouse(t)
const { carrier, behaviour, db, lead, leadRow, attempts, age, dialsTo } = house
await house.campaign()
const app = await house.worker()
const round = async (): Promise<void> => await app.reconciler.round()
let n = 1

t.afterEach(() => { behaviour.dialFault = () => null })

t.test('a lead that is due is dialled once, from its line, under an opaque label, and the row says so', async (t) => {
  const leadId = await lead(++n)
  await round()
  await eventually(async () => (await attempts(leadId))[0]?.state === 'posted')
  const [attempt] = await attempts(leadId)
  t.match(carrier.dialled.at(-1), { from: LINE, to: phoneOf(n), clientRequestId: attempt!.attempt_id })
  t.equal(carrier.requests.at(-1)?.idempotencyKey, attempt!.attempt_id)
  t.equal(attempt!.carrier_call_ids.length, 2)
  t.match(JSON.parse(await house.redis.get(`call:{${attempt!.attempt_id}}:context`) ?? ''), { direction: 'outbound', line: LINE, caller: phoneOf(n), outreach: { purpose: 'reminder', subject: `LN-9${n}` } })
  t.match(await leadRow(leadId), { state: 'dialling', attempts: 1 })
})

t.test('nobody answers: it is tried three times, spaced, and then that is how it ended', async (t) => {
  const leadId = await lead(++n)
  for (const tries of [1, 2, 3]) {
    await round()
    await eventually(() => dialsTo(n) === tries)
    await eventually(async () => (await attempts(leadId)).filter(({ state }) => state === 'posted').length === 1)
    await carrier.calls.find(({ setup }) => setup.to === phoneOf(n) && setup.clientRequestId === undefined)?.ended
    await eventually(() => carrier.calls.filter(({ setup, isOver }) => setup.to === phoneOf(n) && !isOver).length === 0)
    await age(91)
    await round()
    const row = await leadRow(leadId)
    t.match(row, tries < 3 ? { state: 'waiting', outcome: null, attempts: tries } : { state: 'done', outcome: 'no-answer' })
    await age(8 * 24 * 3600) // past every cap
    await db.query("update dialling.leads set planned_at = dialling.now(), due_at = dialling.now() where lead_id = $1 and state = 'waiting'", [leadId])
  }
})

/** The next person is dialled, answers and hangs up, and that is known. */
async function reached (): Promise<{ leadId: string, callIds: string[] }> {
  const leadId = await lead(++n)
  carrier.subscribe(phoneOf(n), shortPhone)
  await round()
  await eventually(async () => (await attempts(leadId))[0]?.state === 'posted')
  const callIds: string[] = (await attempts(leadId))[0]!.carrier_call_ids
  await eventually(() => carrier.find(callIds[0]!)?.isOver === true)
  await app.callEnds.heardOf(callIds[1]!)
  return { leadId, callIds }
}

t.test('somebody who answers was reached, and what was written in the call says more, whenever it is written', async (t) => {
  const { leadId, callIds: [callId] } = await reached()
  t.match(await leadRow(leadId), { state: 'done', outcome: 'reached' })
  t.match(await attempts(leadId), [{ state: 'ended', conversation: true, outcome: 'reached' }])
  await db.query("insert into dialling.stops (stop_id, phone, reason, scope, call_id, since) values ($1, $2, 'opt-out', 'calls', $3, dialling.now())", [`stop-${n}`, phoneOf(n), callId])
  await age(181)
  await round()
  t.match(await leadRow(leadId), { state: 'done', outcome: 'opted-out' })
})

t.test('a machine answers: once the call has its record it was a voicemail, and is tried again later', async (t) => {
  const { leadId, callIds: [callId, otherId] } = await reached()
  t.match(await leadRow(leadId), { state: 'done', outcome: 'reached' })
  await db.query("insert into dialling.call_records (call_id, status, ended_by) values ($1, 'completed', 'no-reply')", [callId])
  await app.callEnds.heardOf(otherId!)
  t.match(await attempts(leadId), [{ state: 'ended', conversation: false, outcome: 'voicemail' }])
  const { state, outcome, due_at: dueAt } = await leadRow(leadId)
  t.match({ state, outcome }, { state: 'waiting', outcome: null })
  const { rows } = await db.query<{ hours: number }>('select round(extract(epoch from $1 - dialling.now()) / 3600)::int as hours', [dueAt])
  t.match(rows, [{ hours: 4 }])
})

t.test('somebody who opted out is not dialled, and the row says why', async (t) => {
  const leadId = await lead(++n)
  await db.query("insert into dialling.stops (stop_id, phone, reason, scope, since) values ($1, $2, 'opt-out', 'calls', dialling.now())", [`stop-${n}`, phoneOf(n)])
  await round()
  await eventually(async () => (await leadRow(leadId)).state === 'done')
  t.match(await leadRow(leadId), { outcome: 'refused', reason: 'opt-out' })
  t.equal(dialsTo(n), 0)
})

for (const does of ['cut after', 'cut during', 'status after'] as const) {
  t.test(`the call is placed and its answer is lost (${does}): it is found at the carrier, and never asked for again`, async (t) => {
    const leadId = await lead(++n)
    behaviour.dialFault = () => does === 'status after' ? { does, status: 500 } : { does }
    await round()
    await eventually(() => dialsTo(n) === 1)
    await eventually(async () => (await attempts(leadId))[0]?.state === 'posting')
    await age(11)
    await round()
    t.match(await attempts(leadId), [{ state: 'posted' }])
    t.equal(dialsTo(n), 1)
  })
}

t.test('the connection is lost before anybody is dialled: without a sign it becomes a person\'s, and is not dialled again', async (t) => {
  const leadId = await lead(++n)
  behaviour.dialFault = () => ({ does: 'cut before' })
  await round()
  await eventually(async () => (await attempts(leadId))[0]?.state === 'posting')
  await age(11)
  await round()
  t.match(await attempts(leadId), [{ state: 'posting' }])
  await age(80)
  await round()
  t.match(await attempts(leadId), [{ state: 'unknown' }])
  t.match(await leadRow(leadId), { state: 'done', outcome: 'unknown' })
  await age(3600)
  await round()
  t.equal(dialsTo(n), 0)
})

t.test('a carrier that is busy is left alone for as long as it says, and then the same lead is dialled', async (t) => {
  const leadId = await lead(++n)
  let refusals = 0
  behaviour.dialFault = () => refusals++ === 0 ? { does: 'status', status: 429, retryAfterS: 1 } : null
  await round()
  await eventually(async () => (await attempts(leadId))[0]?.state === 'withdrawn')
  t.match(await leadRow(leadId), { state: 'waiting', attempts: 0 })
  await eventually(async () => { await round(); return dialsTo(n) === 1 })
  await eventually(async () => (await leadRow(leadId)).attempts === 1)
})

t.test('an empty wallet pauses the campaigns, and nobody is dialled until they are resumed', async (t) => {
  const leadId = await lead(++n)
  behaviour.dialFault = () => ({ does: 'status', status: 402 })
  await round()
  await eventually(async () => (await db.query("select from dialling.campaigns where state = 'paused' and paused_by = 'wallet'")).rowCount === 1)
  t.match(await leadRow(leadId), { state: 'waiting', attempts: 0 })
  behaviour.dialFault = () => null
  await db.query("update dialling.campaigns set state = 'running', paused_by = null")
  await age(61)
  await eventually(async () => { await round(); return dialsTo(n) === 1 })
})

t.test('a call that the carrier does not take is tried again later, three times at most', async (t) => {
  const leadId = await lead(++n)
  behaviour.dialFault = () => ({ does: 'status', status: 422 })
  for (const tries of [1, 2, 3]) {
    await round()
    await eventually(async () => (await attempts(leadId)).filter(({ state }) => state === 'withdrawn').length === tries)
    await eventually(async () => (await leadRow(leadId)).state === (tries < 3 ? 'waiting' : 'done'))
    await age(5 * 3600)
    await db.query("update dialling.leads set planned_at = dialling.now() where state = 'waiting'")
  }
  t.match(await leadRow(leadId), { outcome: 'failed', attempts: 3 })
  t.equal(dialsTo(n), 0)
})
