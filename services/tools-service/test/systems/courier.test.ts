import t from 'tap'
import type { Parcel } from '@karani/business-systems'
import { build } from '../helper.ts'
import { startBusiness } from './business.ts'

const PARCEL: Parcel = {
  trackingId: 'TRK-7001', recipient: 'Wanjiku Njeri', recipientPhone: '+254733000701', address: 'Kilimani, behind the school', status: 'at_depot', etaMinutes: null, deliverOn: '2026-11-23'
}
const PROOF = { trackingId: 'T R K seven zero zero one', recipientName: 'Wanjiku Njeri' }

const depot = await startBusiness(t)
const house = await build(t, { env: depot.courier })
const { app, db, clock, tool } = house
await app.ready()

let calls = 0
const newCall = () => ({ callId: `HD_depot_${calls++}`, agent: 'courier' as const, caller: PARCEL.recipientPhone as string | null })
const after = (ms: number): void => { clock.now = new Date(clock.now.getTime() + ms) }

t.beforeEach(async () => {
  Object.assign(depot, { parcels: [PARCEL], answers: [], away: false })
  for (const list of [depot.asked, depot.told]) list.length = 0
  depot.taken.clear()
  after(60_000)
})

t.test("a parcel that only the courier's system has is tracked, confirmed and moved, and the courier hears of it once", async (t) => {
  const call = newCall()
  t.match((await tool('trackShipment', { trackingId: PROOF.trackingId }, call)).body.output, { found: true, status: 'at depot', deliveryDate: '2026-11-23' })
  t.match((await tool('confirmAddress', PROOF, call)).body.output, { confirmed: true, address: 'Kilimani, behind the school' })
  const wish = { trackingId: PROOF.trackingId, newDate: '2026-11-25', address: 'Westlands, blue gate' }
  const { output: proposal } = (await tool('reschedule', wish, call)).body
  const { output: moved } = (await tool('reschedule', { ...wish, confirm: proposal!['proposalId'] }, { ...call, callerTurn: 2 })).body
  t.equal(depot.asked.length, 1, 'for as long as the copy is young')
  await depot.heard(1)
  await app.businessSystems.told()
  const changeId = moved!['changeId']
  t.strictSame(depot.told, [{
    path: `/courier/moves/${changeId}`,
    key: changeId,
    body: { changeId, trackingId: 'TRK-7001', deliverOn: '2026-11-25', address: 'Westlands, blue gate', changedAt: clock.now.toISOString() }
  }])
})

t.test('until the courier has heard of a move, its answers do not take the parcel back', async (t) => {
  depot.answers = Array(10).fill(500)
  const call = newCall()
  await tool('confirmAddress', PROOF, call)
  const { output: proposal } = (await tool('reschedule', { ...PROOF, newDate: '2026-11-26' }, call)).body
  t.match((await tool('reschedule', { ...PROOF, newDate: '2026-11-26', confirm: proposal!['proposalId'] }, { ...call, callerTurn: 2 })).body.output, { rescheduled: true })
  await app.businessSystems.told()
  after(60_000)
  const asked = depot.asked.length
  t.match((await tool('trackShipment', { trackingId: 'TRK-7001' }, call)).body.output, { deliveryDate: '2026-11-26' })
  t.ok(depot.asked.length > asked)
  depot.answers = []
  while (depot.taken.size === 0) {
    after(60_000)
    await app.businessSystems.told()
  }
  depot.parcels = [{ ...PARCEL, deliverOn: '2026-11-27' }] // its rider has a say too
  t.match((await tool('trackShipment', { trackingId: 'TRK-7001' }, call)).body.output, { deliveryDate: '2026-11-27' })
})

t.test('the latest parcel to a number is the one that the courier names', async (t) => {
  const other = { ...PARCEL, trackingId: 'TRK-7002', deliverOn: '2026-11-22', status: 'in_transit' }
  await tool('trackShipment', { trackingId: 'TRK-7001' }, newCall())
  depot.parcels = [other, PARCEL]
  t.match((await tool('trackShipment', {}, newCall())).body.output, { status: 'in transit' })
  t.match((await tool('trackShipment', { trackingId: 'TRK-7001' }, newCall())).body.output, { status: 'at depot' })
  t.match((await tool('trackShipment', {}, newCall())).body.output, { status: 'in transit' })
})

t.test('a parcel that the courier does not know does not exist, whatever the records have', async (t) => {
  for (const trackingId of ['TRK-427', 'TRK-9999', '---']) {
    const call = { ...newCall(), id: 'f' }
    t.equal((await tool('trackShipment', { trackingId }, call)).raw, '{"id":"f","output":{"found":false}}')
    t.equal((await tool('confirmAddress', { trackingId, recipientName: 'Amina Wanjiru' }, { ...call, id: 'g' })).raw, '{"id":"g","output":{"confirmed":false,"triesLeft":2}}')
    t.equal((await tool('reschedule', { trackingId, newDate: '2026-11-26' }, { ...call, id: 'h' })).body.error?.code, 'RECIPIENT_NOT_CONFIRMED')
  }
  t.match((await tool('trackShipment', {}, { ...newCall(), caller: '+254712345678' })).body.output, { found: false })
  t.match((await tool('trackShipment', {}, { ...newCall(), caller: null })).body.output, { found: false })
})

t.test("a courier's system that is away is a passing trouble, unless the copy is young", async (t) => {
  const call = newCall()
  await tool('confirmAddress', PROOF, call)
  depot.away = true
  t.match((await tool('trackShipment', { trackingId: 'TRK-7001' }, call)).body.output, { found: true })
  after(60_000)
  const started = performance.now()
  for (const { status, body } of await Promise.all([tool('trackShipment', { trackingId: 'TRK-7001' }, call), tool('trackShipment', {}, call), tool('confirmAddress', PROOF, call), tool('reschedule', { ...PROOF, newDate: '2026-11-26' }, call)])) {
    t.match({ status, body }, { status: 503, body: { error: { code: 'TEMPORARILY_UNAVAILABLE' } } })
  }
  t.ok(performance.now() - started < 3_000)
  t.equal((await db.query('select from business.proposals where call_id = $1', [call.callId])).rowCount, 0)
})

t.test('a move that the courier refuses is for a person', async (t) => {
  depot.answers = [409]
  const call = newCall()
  await tool('confirmAddress', PROOF, call)
  const { output: proposal } = (await tool('reschedule', { ...PROOF, newDate: '2026-11-28' }, call)).body
  const { output: moved } = (await tool('reschedule', { ...PROOF, newDate: '2026-11-28', confirm: proposal!['proposalId'] }, { ...call, callerTurn: 2 })).body
  await app.businessSystems.told()
  t.match((await db.query('select agent, reason from business.callbacks where call_id = $1', [call.callId])).rows, [{ agent: 'courier', reason: `${moved!['changeId']}: The business's system refused: http_409` }])
  after(60_000)
  t.match((await tool('trackShipment', { trackingId: 'TRK-7001' }, call)).body.output, { deliveryDate: '2026-11-23' }, 'and what the courier says is true again')
})
