import t from 'tap'
import { build } from '../helper.ts'
import { startBusiness, WANJIKU } from './business.ts'

const bank = await startBusiness(t)
const { db, clock, ...house } = await build(t)
const replicas = [await build(t, { replicaOf: { ...house, db, clock }, env: bank.lending }), await build(t, { replicaOf: { ...house, db, clock }, env: bank.lending })]

t.test('two services that go through the same outbox at once tell each of fifty effects, once', async (t) => {
  await db.query(`insert into business.system_effects (effect_id, system, kind, subject, call_id, payload, created_at, next_try_at)
    select 'promise-' || n, 'lending', 'promised', 'LN-' || n % 20, 'HD_1', jsonb_build_object('promiseId', 'promise-' || n, 'accountId', $1::text), $2, $2 from generate_series(1, 50) n`, [WANJIKU.accountId, clock.now])
  await Promise.all(replicas.map(async ({ app }) => await app.businessSystems.told()))
  t.equal(bank.told.length, 50)
  t.equal(bank.taken.size, 50)
  t.strictSame((await db.query('select distinct state from business.system_effects')).rows, [{ state: 'told' }])
  const order = bank.told.map(({ key }) => Number(key.slice('promise-'.length)))
  for (let subject = 0; subject < 20; subject++) {
    const ofSubject = order.filter(n => n % 20 === subject)
    t.strictSame(ofSubject, ofSubject.toSorted((one, other) => one - other), 'those of one account in their order')
  }
})
