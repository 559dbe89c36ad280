import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { migrate, Records, seed } from '../src/index.ts'
import { emptyDatabase } from './database.ts'

const { url, client } = await emptyDatabase(t)
await migrate(url)
await seed(url, new Date())
const records = new Records({ url })
t.teardown(() => records.close())

const callback = { agent: 'lender', phone: null, reason: 'asked', summary: null, at: new Date() }
const callbacksOf = async (callId: string) => (await client.query('select from business.callbacks where call_id = $1', [callId])).rowCount

t.test('repetitions at once do the work once and get the same answer', async (t) => {
  let times = 0
  const answers = await Promise.all(Array.from({ length: 20 }, () => records.once({ callId: 'A', id: 'f' }, async ({ callbacks }) => {
    await callbacks.ask({ ...callback, callId: 'A' })
    return { times: ++times }
  })))
  t.strictSame(answers, Array(20).fill({ times: 1 }))
})

t.test('the same id in another call is another piece of work', async (t) => {
  t.equal(await records.once({ callId: 'B', id: 'f' }, async () => 'new'), 'new')
})

t.test('work that fails leaves nothing behind and can be repeated', async (t) => {
  const key = { callId: 'C', id: 'f' }
  await t.rejects(records.once(key, async ({ callbacks }) => {
    await callbacks.ask({ ...callback, callId: 'C' })
    throw new Error('half way')
  }), { message: 'half way' })
  t.equal(await callbacksOf('C'), 0)
  await records.once(key, async ({ callbacks }) => {
    await callbacks.ask({ ...callback, callId: 'C' })
    return 'done'
  })
  t.equal(await callbacksOf('C'), 1)
})

t.test('failures do not use connections up', async (t) => {
  const failures = Array.from({ length: 30 }, (_, i) => records.once({ callId: 'D', id: `f${i}` }, async () => { throw new Error('no') }))
  await Promise.allSettled(failures)
  await records.ping()
  const open = async (): Promise<number | null> => (await client.query('select from pg_stat_activity where state like $1', ['idle in transaction%'])).rowCount
  while (await open() !== 0) await setImmediate() // the server hears a moment later that a connection was closed; if it never does, the test's time ends
})
