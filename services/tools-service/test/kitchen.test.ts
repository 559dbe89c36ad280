import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { kitchenQueue } from '@karani/queues'
import { guests, newNumber } from './guest.ts'
import { build, NOON, SECRET, type House } from './helper.ts'
import { startTill, type Till } from './till.ts'

interface Kitchen { till: Till, house: House, order (caller?: string | null): Promise<string>, stateOf (orderId: string): Promise<string>, settled (orderId: string, state: string): Promise<void> }

const stores = await build(t)

/** A service with a till, on stores that the tests share. */
async function kitchen (t: Test, { log = [], kitchenSweepMs = 30_000 }: { log?: string[], kitchenSweepMs?: number } = {}): Promise<Kitchen> {
  const till = await startTill(t)
  const house = await build(t, {
    replicaOf: stores, kitchenSweepMs, env: { KITCHEN_WEBHOOK_URL: till.url, KITCHEN_WEBHOOK_SECRET: SECRET }, logger: { level: 'trace', stream: { write: line => { log.push(line) } } }
  })
  await house.app.ready()
  return { till, house, ...bookOf(t, house) }
}

function bookOf (t: Test, house: House): Pick<Kitchen, 'order' | 'stateOf' | 'settled'> {
  const ring = guests(t, house)
  const stateOf = async (orderId: string): Promise<string> => (await house.db.query('select kitchen from business.orders where order_id = $1', [orderId])).rows[0]?.kitchen
  return {
    async order (caller = newNumber()) {
      const guest = await ring({ caller })
      await guest.tool('addItem', { name: 'two chicken burgers, no onions' })
      const { output } = (await guest.tool('placeOrder', {}, { turn: 1 })).body
      return (await guest.tool('placeOrder', { confirm: output?.proposalId }, { turn: 2 })).body.output?.orderId
    },
    stateOf,
    async settled (orderId, state) { while (await stateOf(orderId) !== state) await wait(10) }
  }
}

t.test('without a till the ticket is kept, and nobody is told', async (t) => {
  const own = await build(t)
  const { order, settled } = bookOf(t, own)
  await settled(await order(), 'stored')
})

await stores.app.close() // from here on orders are for the services that have a till

t.test('the till gets each order once, signed, with all that a kitchen needs', async (t) => {
  const { till, order, settled } = await kitchen(t)
  const orderId = await order('+254712345678')
  await settled(orderId, 'delivered')
  const [{ headers, body, json }] = till.posts as [Till['posts'][0]]
  t.equal(headers['idempotency-key'], orderId)
  t.match(headers['content-type'], 'application/json')
  const [, seconds, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-karani-signature'])) ?? []
  t.equal(Number(seconds), NOON.getTime() / 1000)
  t.equal(hex, createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex'))
  t.match(json, {
    orderId,
    orderNumber: Number,
    orderedAt: '2026-11-21T09:00:00.000Z',
    phone: '+254712345678',
    lines: [{ sku: 'chicken-burger', name: 'chicken burger', modifiers: ['no onions'], quantity: 2, unitPriceMinor: 45_000, totalMinor: 90_000 }],
    totalMinor: 90_000,
    currency: 'KES',
    text: /Kuku Corner[^]*2 x chicken burger +900\.00\n +\* NO ONIONS\n[^]*TOTAL KES +900\.00/
  })
  t.equal(till.posts.length, 1)
})

t.test('a till that refuses, sends elsewhere or breaks off is told again until it has the order', async (t) => {
  const log: string[] = []
  const { till, order, settled, stateOf } = await kitchen(t, { log })
  till.answers = [500, 302]
  const orderId = await order()
  await till.came(1)
  t.equal(await stateOf(orderId), 'pending')
  await settled(orderId, 'delivered')
  t.equal(till.posts.length, 3)
  t.equal(new Set(till.posts.map(({ headers }) => headers['idempotency-key'])).size, 1)
  t.match(log.join(''), '"code":"KITCHEN_REFUSED"')
  t.notMatch(log.join(''), /2547\d{8}|chicken|burger/, 'the log holds nothing of the order but its id')
})

t.test('an order that the till has taken, though nobody heard it say so, comes again under the same key', async (t) => {
  const { till, order, settled } = await kitchen(t)
  till.answers = [null]
  const orderId = await order()
  await settled(orderId, 'delivered')
  t.same(till.posts.map(({ headers }) => headers['idempotency-key']), [orderId, orderId])
})

t.test('after half an hour an order has failed, and is not cooked', async (t) => {
  const { till, house, order, settled } = await kitchen(t)
  t.teardown(() => { house.clock.now = NOON })
  till.answers = [503]
  const orderId = await order()
  await till.came(1)
  house.clock.now = new Date(NOON.getTime() + 30 * 60_000 + 1)
  await settled(orderId, 'failed')
  t.equal(till.posts.length, 1)
})

t.test('an order whose job was lost is found again by the next service that starts', async (t) => {
  const redis = new Redis(stores.redisUrl, { maxRetriesPerRequest: null })
  t.teardown(() => redis.disconnect())
  const queue = kitchenQueue(redis)
  t.teardown(() => queue.close())
  const lost = await kitchen(t)
  lost.till.answers = [503, 503, 503]
  const orderId = await lost.order()
  await lost.till.came(1)
  await lost.house.app.close()
  await queue.obliterate({ force: true })
  t.equal(await lost.stateOf(orderId), 'pending')
  const { till, settled } = await kitchen(t)
  await settled(orderId, 'delivered')
  t.equal(till.tickets.size, 1)
})

t.test('an order whose job was lost is found again by a service that goes on', async (t) => {
  const redis = new Redis(stores.redisUrl, { maxRetriesPerRequest: null })
  t.teardown(() => redis.disconnect())
  const { till, order, settled } = await kitchen(t, { kitchenSweepMs: 100 })
  till.answers = [503]
  const orderId = await order()
  await till.came(1)
  await redis.flushall() // the job that waits to be tried again, and all else
  await settled(orderId, 'delivered')
  t.same([...till.tickets.keys()], [orderId])
})

t.test('without Redis an order is not to be had, and everybody else is served', async (t) => {
  const { tool, app } = await build(t, { replicaOf: { ...stores, redisUrl: 'redis://127.0.0.1:1' }, env: { DRAIN_TIMEOUT_MS: '100' } })
  for (const [name, args] of [['addItem', { name: 'soda' }], ['getTotal', {}], ['placeOrder', {}]] as const) {
    t.match((await tool(name, args, { agent: 'restaurant' })), { status: 503, body: { error: { code: 'TEMPORARILY_UNAVAILABLE' } } }, name)
  }
  t.equal((await tool('getMenu', {}, { agent: 'restaurant' })).status, 200)
  t.equal((await tool('trackShipment', { trackingId: 'TRK-427' }, { agent: 'courier' })).status, 200)
  t.equal((await app.inject('/readyz')).statusCode, 200)
})
