import t from 'tap'
import { diallingHouse, eventually, mostAtOnce } from './dialling-house.ts'

/** A quarter of an hour at KES 3.50 a minute. */
const CALL_MINOR = 5_250

t.test('a wallet that bears no call pauses the campaigns before anybody is dialled, until it is topped up and they are resumed', async (t) => {
  const { carrier, campaign, worker, lead, leadRow, dialsTo, age, db } = await diallingHouse(t, { walletMinor: 10_000 + CALL_MINOR - 1 })
  await campaign()
  await campaign('august')
  const app = await worker()
  const leads = [await lead(1), await lead(2), await lead(3, 'august')]
  const paused = async (): Promise<boolean> => (await db.query("select from dialling.campaigns where state = 'paused' and paused_by = 'wallet'")).rowCount === 2
  const resume = async (): Promise<void> => {
    await db.query("update dialling.campaigns set state = 'running', paused_by = null")
    await age(61)
    await app.reconciler.round()
  }
  await app.reconciler.round()
  await eventually(paused, 'the pause')
  await resume()
  await eventually(paused, 'the pause after nothing was paid in')
  t.equal(carrier.requests.filter(({ method }) => method === 'POST').length, 0)
  for (const leadId of leads) await eventually(async () => { const { state, attempts } = await leadRow(leadId); return state === 'waiting' && attempts === 0 })
  carrier.topUp(20 * CALL_MINOR)
  await resume()
  await eventually(async () => { await app.reconciler.round(); return dialsTo(1) + dialsTo(2) + dialsTo(3) === 3 }, 'the calls')
  t.equal((await db.query("select from dialling.campaigns where state = 'paused'")).rowCount, 0)
})

t.test('no more calls live at once than the wallet outlasts, and the others wait for their turn', async (t) => {
  const { carrier, campaign, worker, lead, dialsTo, db } = await diallingHouse(t, { walletMinor: 2_000 + 2 * CALL_MINOR, behaviour: { walletPath: '/v1/wallet' } })
  await campaign()
  for (let n = 1; n <= 6; n++) await lead(n)
  const app = await worker({ WALLET_RESERVE_MINOR: '2000' })
  await app.reconciler.round()
  await eventually(async () => {
    for (const call of carrier.calls.filter(({ isOver }) => isOver)) await app.callEnds.heardOf(call.sessionId)
    await db.query("update dialling.leads set due_at = dialling.now() - interval '1 second', planned_at = dialling.now() where state = 'waiting' and due_at < dialling.now() + interval '1 minute'")
    await app.reconciler.round()
    return [1, 2, 3, 4, 5, 6].every(n => dialsTo(n) >= 1)
  }, 'everybody was called')
  t.equal(mostAtOnce(carrier.calls), 2)
  t.equal((await db.query("select from dialling.campaigns where state = 'paused'")).rowCount, 0)
  t.equal(carrier.requests.filter(({ url }) => url.startsWith('/v1/wallet')).length, 2, 'the balance is read once, on the second path')
})

t.test('a carrier that keeps its balance to itself stops nobody', async (t) => {
  const { campaign, worker, lead, dialsTo, carrier } = await diallingHouse(t, { walletMinor: 1, behaviour: { walletPath: 'none' } })
  await campaign()
  await lead(1)
  await lead(2)
  const app = await worker()
  await app.reconciler.round()
  await eventually(() => dialsTo(1) + dialsTo(2) === 2)
  t.equal(carrier.requests.filter(({ url }) => url.startsWith('/v1/wallet')).length, 1, 'nor is it asked again soon')
})
