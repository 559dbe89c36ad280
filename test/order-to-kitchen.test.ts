import { randomUUID } from 'node:crypto'
import { CallContexts } from '@karani/call-context'
import { signCallToken } from '@karani/call-token'
import { startStack } from '@karani/local-stack'
import { clerkBrain, scenarios, scriptedPhone } from '@karani/simulator'
import { synthesize } from '@karani/speech'
import { Redis } from 'ioredis'
import pg from 'pg'
import t, { type Test } from 'tap'
import { startTill } from '../services/tools-service/test/till.ts'
import { eventually } from './hearing.ts'
import { RESTAURANT_LINE } from './lines.ts'
import { startWorld } from './world.ts'

const SECRET = 'what-orders-are-signed-with-in-these-tests'

async function connect (t: Test, url = ''): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.teardown(async () => await client.end())
  return client
}

t.test('a guest orders by voice, says yes to what is read back, and the till gets one ticket', async (t) => {
  const till = await startTill(t)
  const world = await startWorld(t, { brain: clerkBrain, env: { KITCHEN_WEBHOOK_URL: till.url, KITCHEN_WEBHOOK_SECRET: SECRET } })
  const { steps, from } = scenarios().find(({ line, id }) => line === 'restaurant' && id === 'order')!
  const call = await world.ring({ phone: await scriptedPhone(steps, async text => await synthesize(text, { voice: 'rms' })), to: RESTAURANT_LINE, from })
  t.equal((await call.ended).by, 'api')
  await till.came(1)
  t.match(till.posts[0]!.json, {
    phone: from,
    lines: [{ name: 'chicken burger', quantity: 2 }, { name: 'fries', modifiers: ['large'], quantity: 1 }],
    totalMinor: 112_000,
    text: /Kuku Corner/
  })
  const database = await connect(t, world.stack.settings['DATABASE_URL'])
  const orders = async () => (await database.query('select order_id, call_id, kitchen from business.orders')).rows
  await eventually('the order is settled', async () => (await orders())[0]?.kitchen === 'delivered' || undefined)
  t.match(await orders(), [{ order_id: till.posts[0]!.json.orderId, call_id: call.sessionId }])
  t.equal(till.posts.length, 1)
  t.notMatch(await world.logs(), new RegExp(`${from.slice(1)}|chicken|${SECRET}`), 'no log holds the guest, the food or the secret')
})

t.test('a service that is killed between writing an order and asking for its ticket leaves an order that is told once', async (t) => {
  const till = await startTill(t)
  const stack = await startStack({ services: ['tools-service'], env: { KITCHEN_WEBHOOK_URL: till.url, KITCHEN_WEBHOOK_SECRET: SECRET } })
  t.teardown(async () => await stack.stop())
  const database = await connect(t, stack.settings['DATABASE_URL'])
  const redis = new Redis(stack.settings['REDIS_URL']!)
  t.teardown(() => redis.disconnect())
  await new CallContexts(redis).open({
    callId: 'HD_killed', direction: 'inbound', agent: 'restaurant', line: RESTAURANT_LINE, businessName: 'Kuku Corner', caller: '+254798000009', language: 'en-KE', openedAt: new Date().toISOString()
  })
  const ask = async (url: string, tool: string, args: object, callerTurn: number, id: string = randomUUID()): Promise<any> => {
    const token = await signCallToken({ callId: 'HD_killed', agent: 'restaurant', caller: '+254798000009', callerTurn }, stack.settings['CALL_TOKEN_SECRET']!)
    const response = await fetch(`${url}/v1/calls/HD_killed/tools/${tool}`, {
      method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ id, args })
    })
    return (await response.json() as { output: unknown }).output
  }
  const first = stack.services['tools-service']
  await ask(first.url, 'addItem', { name: 'two beef burgers' }, 1)
  const { proposalId } = await ask(first.url, 'placeOrder', {}, 2)

  // The commit waits for us; meanwhile the process is stopped, so that it never hears of it.
  await database.query(`select pg_advisory_lock(17);
    create function business.wait_for_test() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(17); return null; end $$;
    create constraint trigger wait_for_test after insert on business.orders deferrable initially deferred for each row execute function business.wait_for_test()`)
  const unheard = ask(first.url, 'placeOrder', { confirm: proposalId }, 3, 'the-confirmation').catch(() => 'unheard')
  await eventually('the commit waits', async () => (await database.query("select from pg_stat_activity where wait_event_type = 'Lock' and query = 'commit'")).rowCount === 1 || undefined)
  process.kill(first.pid, 'SIGSTOP')
  await database.query('select pg_advisory_unlock(17)')
  const [order] = await eventually('the order is written', async () => {
    const { rows } = await database.query('select order_id, kitchen from business.orders')
    return rows.length > 0 ? rows : undefined
  })
  t.equal(order.kitchen, 'pending')
  await first.kill()
  t.equal(await unheard, 'unheard')
  t.same(await redis.keys('bull:kitchen:order-*'), [], 'there is no job')

  const second = await stack.start('tools-service')
  await till.came(1)
  t.equal(till.posts[0]!.json.orderId, order.order_id)
  t.match(await ask(second.url, 'placeOrder', { confirm: proposalId }, 3, 'the-confirmation'), { ordered: true, orderId: order.order_id })
  t.match(await ask(second.url, 'placeOrder', { confirm: proposalId }, 4), { ordered: true, orderId: order.order_id })
  t.match(await ask(second.url, 'getTotal', {}, 5), { totalKes: 0 })
  await eventually('the order is settled', async () => (await database.query("select from business.orders where kitchen = 'delivered'")).rowCount === 1 || undefined)
  t.equal(till.posts.length, 1)
  t.equal((await database.query('select from business.orders')).rowCount, 1)
})
