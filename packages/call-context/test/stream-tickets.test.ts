import { createHash } from 'node:crypto'
import t, { type Test } from 'tap'
import type { Redis } from 'ioredis'
import { CallContexts, StreamTickets } from '../src/index.ts'
import { emptyRedis } from './redis.ts'
import { inbound } from './calls.ts'

async function openCall (t: Test): Promise<{ redis: Redis, contexts: CallContexts, tickets: StreamTickets }> {
  const redis = await emptyRedis(t)
  const contexts = new CallContexts(redis)
  await contexts.open(inbound)
  return { redis, contexts, tickets: new StreamTickets(redis) }
}

t.test('a ticket opens the stream of its call, once', async (t) => {
  const { contexts, tickets } = await openCall(t)
  const ticket = await tickets.mint(inbound.callId)
  t.match(ticket, /^[A-Za-z0-9_-]{43}$/)
  t.strictSame(await contexts.standing(inbound.callId), { context: inbound, streamed: false })
  t.strictSame(await tickets.spend(ticket), inbound)
  t.strictSame(await contexts.standing(inbound.callId), { context: inbound, streamed: true })
  t.equal(await tickets.spend(ticket), 'unknown')
})

t.test('of fifty sockets with one ticket, at several replicas, one gets the call', async (t) => {
  const { redis, tickets } = await openCall(t)
  const replicas = await Promise.all(Array.from({ length: 5 }, async () => {
    const connection = redis.duplicate()
    t.teardown(() => connection.disconnect())
    return new StreamTickets(connection)
  }))
  const ticket = await tickets.mint(inbound.callId)
  const outcomes = await Promise.all(Array.from({ length: 50 }, (_, n) => replicas[n % 5]!.spend(ticket)))
  t.equal(outcomes.filter(outcome => outcome === 'unknown').length, 49)
  t.strictSame(outcomes.find(outcome => typeof outcome === 'object'), inbound)
})

t.test('of fifty tickets of one call, spent at once, one opens the stream and the others find it taken', async (t) => {
  const { tickets } = await openCall(t)
  const minted = await Promise.all(Array.from({ length: 50 }, () => tickets.mint(inbound.callId)))
  t.equal(new Set(minted).size, 50)
  const outcomes = await Promise.all(minted.map(ticket => tickets.spend(ticket)))
  t.equal(outcomes.filter(outcome => outcome === 'taken').length, 49)
  t.equal(outcomes.filter(outcome => typeof outcome === 'object').length, 1)
})

t.test('a ticket is good for a minute, and Redis does not hold its text', async (t) => {
  const { redis, tickets } = await openCall(t)
  const ticket = await tickets.mint(inbound.callId)
  const key = `stream-ticket:${createHash('sha256').update(ticket).digest('hex')}`
  const lifetimeS = await redis.ttl(key)
  t.ok(lifetimeS > 50 && lifetimeS <= 60)
  t.notMatch((await redis.keys('*')).join(), ticket)
  await redis.pexpire(key, 0)
  t.equal(await tickets.spend(ticket), 'unknown')
})

t.test('a forged ticket is unknown, whatever its text', async (t) => {
  const { tickets } = await openCall(t)
  for (const ticket of ['', 'x', inbound.callId, 'A'.repeat(43), 'A'.repeat(44), `${'A'.repeat(42)}\n`, '../'.repeat(15)]) {
    t.equal(await tickets.spend(ticket), 'unknown')
  }
})

t.test('a ticket whose call has no context, or a corrupt one, is unknown', async (t) => {
  const { redis, tickets } = await openCall(t)
  const lost = await tickets.mint('HD_000000000000')
  t.equal(await tickets.spend(lost), 'unknown')
  const corrupt = await tickets.mint(inbound.callId)
  await redis.set(`call:{${inbound.callId}}:context`, '{}')
  t.equal(await tickets.spend(corrupt), 'unknown')
})
