import { once } from 'node:events'
import t, { type Test } from 'tap'
import { Redis } from 'ioredis'
import { startRedis } from '@karani/local-stack'
import { kitchenQueue, kitchenWorker, requestKitchen } from '../src/index.ts'

const server = await startRedis()
t.teardown(() => server.stop())

function connect (t: Test): Redis {
  const connection = new Redis(server.url, { maxRetriesPerRequest: null })
  t.teardown(() => connection.disconnect())
  return connection
}

t.test('a wish repeated while it waits is one job, which names the order and nothing else', async (t) => {
  const queue = kitchenQueue(connect(t))
  t.teardown(() => queue.close())
  for (let times = 1; times <= 3; times++) await requestKitchen(queue, 'order-1')
  t.same((await queue.getWaiting()).map(({ id, data }) => ({ id, data })), [{ id: 'order-1', data: { orderId: 'order-1' } }])
  await queue.obliterate({ force: true })
})

t.test('a wish is served until it is, may be made again, and what is no wish stops nobody', async (t) => {
  const queue = kitchenQueue(connect(t))
  const told: string[] = []
  const worker = kitchenWorker(connect(t), async orderId => {
    told.push(orderId)
    if (told.length === 1) throw new Error('the till restarts')
  }, err => t.fail(err))
  t.teardown(() => Promise.all([queue.close(), worker.close()]))
  await queue.add('tell', { orderId: '../../etc' })
  for (let times = 1; times <= 2; times++) {
    const completed = once(worker, 'completed')
    await requestKitchen(queue, 'order-2')
    await completed
  }
  t.same(told, ['order-2', 'order-2', 'order-2'])
  t.same(await queue.getJobCounts('failed', 'completed', 'waiting', 'delayed'), { failed: 0, completed: 0, waiting: 0, delayed: 0 })
})
