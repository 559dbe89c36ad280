import t from 'tap'
import { FinishedCalls } from '../src/index.ts'
import { emptyRedis } from './redis.ts'
import { finished } from './calls.ts'

t.test('a finished call is kept for a week', async (t) => {
  const redis = await emptyRedis(t)
  const calls = new FinishedCalls(redis)
  t.equal(await calls.has(finished.callId), false)
  await calls.save(finished)
  t.strictSame(await calls.get(finished.callId), finished)
  t.equal(await calls.has(finished.callId), true)
  t.ok(await redis.ttl(`call:{${finished.callId}}:finished`) > 7 * 86_400 - 10)
})

t.test('a finished call of another shape is absent, and counted', async (t) => {
  const redis = await emptyRedis(t)
  const corrupt: string[] = []
  await redis.set(`call:{${finished.callId}}:finished`, JSON.stringify({ ...finished, durationMs: -1 }))
  t.equal(await new FinishedCalls(redis, what => { corrupt.push(what) }).get(finished.callId), undefined)
  t.strictSame(corrupt, ['finished-call'])
})
