import t from 'tap'
import { migrate, Records, type Writings } from '../src/index.ts'
import { emptyDatabase } from './database.ts'

const { url, client } = await emptyDatabase(t)
await migrate(url)
const records = new Records({ url })
t.teardown(() => records.close())

let ids = 0
const wish = (callId: string) => ({ callId, agent: 'lender', phone: null, reason: 'asked', summary: null, at: new Date() })
const rowsOf = async (callId: string) => (await client.query('select from business.callbacks where call_id = $1', [callId])).rowCount
const cutAll = async () => await client.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()')

/** Work whose first `times` tries are disturbed after they wrote something. */
async function disturbed (times: number, disturb: () => Promise<unknown>): Promise<{ callId: string, tries: () => number, done: Promise<{ tries: number }> }> {
  const callId = `HD_${ids++}`
  let tries = 0
  const work = async ({ callbacks }: Writings) => {
    tries++
    await callbacks.ask(wish(callId))
    if (tries <= times) await disturb()
    await callbacks.ask(wish(callId))
    return { tries }
  }
  const done = records.once({ callId, id: 'f' }, work)
  return { callId, tries: () => tries, done }
}

t.test('work whose connection is cut is done once more, and once', async (t) => {
  const { callId, done } = await disturbed(3, cutAll)
  t.strictSame(await done, { tries: 4 })
  t.equal(await rowsOf(callId), 1)
  t.strictSame(await records.once({ callId, id: 'f' }, async () => 'again'), { tries: 4 }, 'a repetition gets its answer')
})

t.test('work that is cut every time is given up, and leaves nothing', async (t) => {
  const { callId, tries, done } = await disturbed(Infinity, cutAll)
  await t.rejects(done)
  t.equal(tries(), 4)
  t.equal(await rowsOf(callId), 0)
  await records.ping()
})

t.test('a connection that is lost between two queries ends the try, not the process', async (t) => {
  const { done } = await disturbed(1, async () => {
    await cutAll()
    await client.query('select 1')
  })
  t.strictSame(await done, { tries: 2 })
})

t.test('of transactions that wait for each other, one is done again', async (t) => {
  const [one, other] = [`HD_${ids++}`, `HD_${ids++}`]
  const tries = { one: 0, other: 0 }
  let both = 0
  let meet: () => void = () => {}
  const met = new Promise<void>(resolve => { meet = resolve })
  const crossing = (name: 'one' | 'other', first: string, second: string) => records.once({ callId: name, id: 'f' }, async ({ callbacks }) => {
    tries[name]++
    await callbacks.ask(wish(first))
    if (++both === 2) meet()
    await met
    await callbacks.ask(wish(second))
    return 'done'
  })
  t.strictSame(await Promise.all([crossing('one', one, other), crossing('other', other, one)]), ['done', 'done'])
  t.equal(tries.one + tries.other, 3)
  t.strictSame([await rowsOf(one), await rowsOf(other)], [1, 1])
})

t.test('a serialization failure is tried again three times, and no more', async (t) => {
  await client.query(`
    create sequence conflicts;
    create function conflict () returns trigger language plpgsql as $$ begin
      if nextval('conflicts') <= 4 then raise sqlstate '40001'; end if; return new;
    end $$;
    create trigger conflict before insert on business.callbacks for each row execute function conflict ()`)
  const ask = (callId: string) => records.once({ callId, id: 'f' }, async ({ callbacks }) => {
    await callbacks.ask(wish(callId))
    return 'done'
  })
  await t.rejects(ask('HD_conflict'), { cause: { code: '40001' } })
  t.equal(await rowsOf('HD_conflict'), 0)
  t.equal(await ask('HD_conflict'), 'done')
})

t.test('what is wrong with the work itself, or too slow, is not tried again', async (t) => {
  const impatient = new Records({ url, statementTimeoutMs: 200 })
  t.teardown(() => impatient.close())
  await client.query('begin; lock table business.callbacks in access exclusive mode')
  let tries = 0
  await t.rejects(impatient.once({ callId: `HD_${ids++}`, id: 'f' }, async ({ callbacks }) => {
    tries++
    await callbacks.ask(wish('HD_slow'))
    return 'done'
  }), { cause: { code: '57014' } })
  await client.query('rollback')
  await t.rejects(records.once({ callId: `HD_${ids++}`, id: 'f' }, async () => {
    tries++
    throw new Error('half way')
  }), { message: 'half way' })
  t.equal(tries, 2)
})
