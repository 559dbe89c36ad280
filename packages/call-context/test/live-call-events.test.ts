import { once } from 'node:events'
import t, { type Test } from 'tap'
import type { Redis } from 'ioredis'
import type { LiveCallEvent } from '@karani/call-model'
import { LiveCallEvents } from '../src/index.ts'
import { emptyRedis } from './redis.ts'

const event = (n: number): LiveCallEvent => ({ callId: 'HD_24d73b4518bc', entry: { type: 'model-ready', atMs: n } })

/** Follows until the test ends; `upTo(n)` resolves with what was heard once event n was. */
function follow (t: Test, redis: Redis, fromId: string): { stop (): Promise<void>, upTo (n: number): Promise<number[]> } {
  const stopped = new AbortController()
  const heard: number[] = []
  const ears = new EventTarget()
  const following = new LiveCallEvents(redis).follow(fromId, ({ entry }) => {
    heard.push(entry.atMs)
    ears.dispatchEvent(new Event('heard'))
  }, stopped.signal)
  const stop = async (): Promise<void> => { stopped.abort(); await following }
  t.teardown(stop)
  return {
    stop,
    async upTo (n) {
      while (!heard.includes(n)) await once(ears, 'heard')
      return heard
    }
  }
}

/** Resolves when a client of this Redis waits in XREAD. */
async function somebodyReads (redis: Redis): Promise<void> {
  while (!/cmd=xread/.test(String(await redis.client('LIST')))) await new Promise(setImmediate)
}

t.test('a follower hears what is kept and then what happens, in order', async (t) => {
  const redis = await emptyRedis(t)
  const events = new LiveCallEvents(redis)
  for (let n = 1; n <= 150; n++) await events.publish(event(n))
  const { upTo } = follow(t, redis, '0')
  await upTo(150)
  await events.publish(event(151))
  t.strictSame(await upTo(151), Array.from({ length: 151 }, (_, n) => n + 1))
})

t.test('a follower from now on hears nothing of before', async (t) => {
  const redis = await emptyRedis(t)
  const events = new LiveCallEvents(redis)
  await events.publish(event(1))
  const { upTo } = follow(t, redis, '$')
  await somebodyReads(redis)
  await events.publish(event(2))
  t.strictSame(await upTo(2), [2])
})

t.test('an event of another shape is passed over', async (t) => {
  const redis = await emptyRedis(t)
  await redis.xadd('calls:live', '*', 'event', '{"callId":7}')
  await redis.xadd('calls:live', '*', 'other', 'x')
  await new LiveCallEvents(redis).publish(event(3))
  t.strictSame(await follow(t, redis, '0').upTo(3), [3])
})

t.test('a follower survives a cut connection and misses nothing', async (t) => {
  const redis = await emptyRedis(t)
  const events = new LiveCallEvents(redis)
  const { upTo } = follow(t, redis, '0')
  await events.publish(event(1))
  await upTo(1)
  await somebodyReads(redis)
  await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  await events.publish(event(2))
  t.strictSame(await upTo(2), [1, 2])
})

t.test('a follower stops at once, in the middle of a wait, and leaves no connection', async (t) => {
  const redis = await emptyRedis(t)
  const { stop } = follow(t, redis, '0')
  await somebodyReads(redis)
  const askedAt = performance.now()
  await stop()
  t.ok(performance.now() - askedAt < 500)
  while (String(await redis.client('LIST')).trim().split('\n').length > 1) await new Promise(setImmediate)
})

t.test('what a handler throws ends the following, and is told', async (t) => {
  const redis = await emptyRedis(t)
  const events = new LiveCallEvents(redis)
  await events.publish(event(1))
  await t.rejects(events.follow('0', () => { throw new Error('no screen') }, new AbortController().signal), { message: 'no screen' })
})

t.test('the stream keeps about ten thousand events', async (t) => {
  const redis = await emptyRedis(t)
  const events = new LiveCallEvents(redis)
  await Promise.all(Array.from({ length: 12_000 }, (_, n) => events.publish(event(n))))
  t.ok(await redis.xlen('calls:live') < 10_200)
})
