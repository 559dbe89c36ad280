import { once } from 'node:events'
import t, { type Test } from 'tap'
import type { Redis } from 'ioredis'
import { CallNewsStream, type CallNews } from '../src/index.ts'
import { emptyRedis } from './redis.ts'

const news = (n: number): CallNews => ({ callId: 'HD_24d73b4518bc', newsId: `payment-${n}_paid`, kind: 'payment-received', text: `Payment of KES ${n} received.` })

/** Resolves when so many clients of this Redis wait in XREAD. */
async function readers (redis: Redis, count: number): Promise<void> {
  while ((String(await redis.client('LIST')).match(/cmd=xread/g) ?? []).length < count) await new Promise(setImmediate)
}

/** Follows until the test ends; `upTo(n)` resolves with what was heard once news n was. */
async function follow (t: Test, redis: Redis, nth: number): Promise<(n: number) => Promise<string[]>> {
  const stopped = new AbortController()
  const heard: string[] = []
  const ears = new EventTarget()
  const following = new CallNewsStream(redis).follow(({ newsId }) => {
    heard.push(newsId)
    ears.dispatchEvent(new Event('heard'))
  }, stopped.signal)
  t.teardown(async () => { stopped.abort(); await following })
  await readers(redis, nth)
  return async n => {
    while (!heard.includes(`payment-${n}_paid`)) await once(ears, 'heard')
    return heard
  }
}

t.test('every replica hears the news of all calls from now on, also after its connection was cut', async (t) => {
  const redis = await emptyRedis(t)
  const stream = new CallNewsStream(redis)
  await stream.publish(news(0))
  const replicas = [await follow(t, redis, 1), await follow(t, redis, 2)]
  await stream.publish(news(1))
  for (const upTo of replicas) t.strictSame(await upTo(1), ['payment-1_paid'])
  await readers(redis, 2)
  await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  await stream.publish(news(2))
  for (const upTo of replicas) t.strictSame(await upTo(2), ['payment-1_paid', 'payment-2_paid'])
})

t.test('what is no news is passed over, and counted', async (t) => {
  const redis = await emptyRedis(t)
  const corrupt: string[] = []
  const stream = new CallNewsStream(redis, what => corrupt.push(what))
  const stopped = new AbortController()
  const heard: CallNews[] = []
  const following = stream.follow(news => { heard.push(news); stopped.abort() }, stopped.signal)
  await readers(redis, 1)
  for (const wrong of ['{', { ...news(1), text: 'x'.repeat(301) }, { ...news(1), text: 'two\nlines' }, { ...news(1), kind: 'other' }, { ...news(1), phone: '+254712345678' }, { ...news(1), callId: '' }]) {
    await redis.xadd('calls:news', '*', 'news', typeof wrong === 'string' ? wrong : JSON.stringify(wrong))
  }
  await stream.publish(news(2))
  await following
  t.strictSame(heard, [news(2)])
  t.strictSame(corrupt, Array(6).fill('call-news'))
})

t.test('the stream keeps about a thousand news', async (t) => {
  const redis = await emptyRedis(t)
  const stream = new CallNewsStream(redis)
  await Promise.all(Array.from({ length: 1_500 }, (_, n) => stream.publish(news(n))))
  t.ok(await redis.xlen('calls:news') < 1_200)
})
