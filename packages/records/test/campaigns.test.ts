import t from 'tap'
import { migrate, Records, seed } from '../src/index.ts'
import { emptyDatabase } from './database.ts'

const { url, client } = await emptyDatabase(t)
await migrate(url)
await seed(url, new Date())
const records = new Records({ url })
t.teardown(() => records.close())

const LINE = '+254711000001'
const standing = async (name: string) => await records.write(({ campaigns }) => campaigns.standing(name, { name, line: LINE, purpose: 'reminder' }))
const record = async (campaignId: string, subject: string, dueAt: Date | null = null) => await records.write(({ campaigns }) => campaigns.recordLead({ campaignId, phone: '+254712345678', subject, dueAt }))
const take = async (limit = 100) => (await records.write(({ campaigns }) => campaigns.takeUnqueued(limit))).map(({ leadId }) => leadId).sort()
const states = async (campaignId: string) => (await client.query('select state, outcome, position from dialling.leads where campaign_id = $1 order by position', [campaignId])).rows

t.afterEach(() => client.query('delete from dialling.leads'))

t.test('a campaign that stands is made once, by whoever asks first', async (t) => {
  const made = await Promise.all(Array.from({ length: 20 }, () => standing('one')))
  t.equal(new Set(made.map(({ campaignId }) => campaignId)).size, 1)
  t.match(made[0], { name: 'one', state: 'running', purpose: 'reminder', pausedBy: null })
})

t.test('the same lead from 20 producers at once is one row', async (t) => {
  const { campaignId } = await standing('one')
  const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => record(campaignId, `LN-${n % 2}`)))
  t.equal(new Set(ids).size, 2)
  t.strictSame((await states(campaignId)).map(({ position }) => position), [1, 2])
  t.equal(await record('campaign-unknown', 'LN-1'), null)
})

t.test('a lead is queued once a minute, by one of those who ask at once', async (t) => {
  const { campaignId } = await standing('one')
  const ids = await Promise.all(Array.from({ length: 30 }, (_, n) => record(campaignId, `LN-${n}`)))
  const taken = (await Promise.all(Array.from({ length: 8 }, () => take(10)))).flat()
  t.equal(new Set(taken).size, taken.length, 'none twice')
  t.strictSame([...taken, ...await take()].sort(), ids.sort())
  t.strictSame(await take(), [])
  await client.query("update dialling.leads set queued_at = queued_at - interval '61 seconds' where lead_id = any($1)", [ids.slice(0, 2)])
  t.strictSame(await take(), ids.slice(0, 2), 'what was queued a minute ago may be lost')
})

t.test('nothing is queued that is not due, or whose campaign does not run', async (t) => {
  const { campaignId } = await standing('one')
  await record(campaignId, 'later', new Date(Date.now() + 60_000))
  const now = await record(campaignId, 'now')
  t.equal(await records.write(({ campaigns }) => campaigns.pause(campaignId)), true)
  t.equal(await records.write(({ campaigns }) => campaigns.pause(campaignId)), false)
  t.strictSame(await take(), [])
  t.equal(await records.write(({ campaigns }) => campaigns.resume(campaignId)), true)
  t.strictSame(await take(), [now])
})

t.test('a large campaign does not keep a small one waiting', async (t) => {
  const [large, small] = [await standing('large'), await standing('small')]
  for (let n = 0; n < 20; n++) await record(large.campaignId, `LN-${n}`, new Date(2026, 0, 1))
  const waiting = await record(small.campaignId, 'LN-1')
  t.ok((await take(4)).includes(waiting!))
})

t.test('a cancelled campaign is over for good, for leads that come back or come later too', async (t) => {
  const { campaignId } = await standing('to be cancelled')
  await record(campaignId, 'LN-1')
  const dialling = await record(campaignId, 'LN-2')
  await client.query("update dialling.leads set state = 'dialling' where lead_id = $1", [dialling])
  t.equal(await records.write(({ campaigns }) => campaigns.cancel(campaignId)), true)
  t.equal(await records.write(({ campaigns }) => campaigns.cancel(campaignId)), false)
  t.equal(await records.write(({ campaigns }) => campaigns.resume(campaignId)), false)
  t.match(await states(campaignId), [{ state: 'done', outcome: 'cancelled' }, { state: 'dialling' }])
  await client.query("update dialling.leads set state = 'waiting' where lead_id = $1", [dialling])
  t.strictSame(await take(), [])
  await record(campaignId, 'LN-3')
  t.match(await states(campaignId), Array(3).fill({ state: 'done', outcome: 'cancelled' }))
})
