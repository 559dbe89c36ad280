import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { ModelPermits } from '../src/index.ts'
import { emptyRedis } from './redis.ts'

const redis = await emptyRedis(t)
const permits = new ModelPermits(redis, { sessions: 5, inboundReserve: 2 })
const LEASE_MS = 60_000

t.afterEach(() => redis.flushall())

t.test('of 20 calls that want one at once, as many get a permit as are not kept for people who call', async (t) => {
  for (let round = 0; round < 20; round++) {
    const taken = await Promise.all(Array.from({ length: 20 }, (_, n) => permits.take(`dial-${n}`, LEASE_MS)))
    t.equal(taken.filter(Boolean).length, 3)
    await redis.flushall()
  }
})

t.test('whoever calls us counts, is never turned away, and keeps others from being rung', async (t) => {
  for (let n = 0; n < 6; n++) await permits.hold(`HD_${n}`, LEASE_MS)
  t.equal(await permits.take('dial-1', LEASE_MS), false)
  for (let n = 0; n < 4; n++) await permits.release(`HD_${n}`)
  t.equal(await permits.take('dial-1', LEASE_MS), true)
  t.equal(await permits.take('dial-2', LEASE_MS), false)
})

t.test('a holder has one permit, however often it asks', async (t) => {
  for (let n = 0; n < 5; n++) t.equal(await permits.take('dial-1', LEASE_MS), true)
  t.equal(await permits.take('dial-2', LEASE_MS), true)
})

t.test('what a process that died held is free when its lease is over, and a renewal holds it', async (t) => {
  for (const holder of ['dial-1', 'dial-2', 'dial-3']) await permits.take(holder, 300)
  await permits.hold('dial-1', LEASE_MS)
  t.equal(await permits.take('dial-4', LEASE_MS), false)
  await wait(320)
  t.strictSame(await Promise.all(['dial-4', 'dial-5', 'dial-6'].map(holder => permits.take(holder, LEASE_MS))), [true, true, false])
})

t.test('what Redis lost is there again with the next renewal', async (t) => {
  await permits.hold('HD_1', LEASE_MS)
  await redis.flushall()
  await permits.hold('HD_1', LEASE_MS)
  t.equal(await redis.zcard('model-permits'), 1)
})
