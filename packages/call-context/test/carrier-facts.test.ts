import t from 'tap'
import fc from 'fast-check'
import { foldCarrierFacts, type CarrierFact } from '@karani/call-model'
import { CarrierFacts } from '../src/index.ts'
import { emptyRedis } from './redis.ts'

const [uuid, session] = ['0190a3b4-0000-7000-8000-000000000001', 'HD_24d73b4518bc']

t.test('a fact told twice is one fact, whatever the order of its fields', async (t) => {
  const redis = await emptyRedis(t)
  const facts = new CarrierFacts(redis)
  t.equal(await facts.add(session, { state: 'completed', durationSeconds: 73, cause: 'normal_clearing' }), true)
  t.equal(await facts.add(session, { cause: 'normal_clearing', durationSeconds: 73, state: 'completed' }), false)
  t.strictSame(await facts.of(session), [{ state: 'completed', durationSeconds: 73, cause: 'normal_clearing' }])
  const lifetimeS = await redis.ttl(`call:{${session}}:facts`)
  t.ok(lifetimeS > 8 * 86_400 - 10)
})

t.test('facts under either name of a call are facts of the call, linked before or after', async (t) => {
  const facts = new CarrierFacts(await emptyRedis(t))
  await facts.add(uuid, { state: 'answered' })
  t.strictSame(await facts.of(session), [])
  await facts.link([session, uuid])
  await facts.add(session, { state: 'completed' })
  const states = (found: CarrierFact[]): string[] => found.map(fact => fact.state).sort()
  t.strictSame(states(await facts.of(session)), ['answered', 'completed'])
  t.strictSame(states(await facts.of(uuid)), ['answered', 'completed'])
})

t.test('at most 64 facts of a call are kept', async (t) => {
  const facts = new CarrierFacts(await emptyRedis(t))
  for (let n = 1; n <= 70; n++) t.equal(await facts.add(session, { state: 'other', durationSeconds: n }), n <= 64)
  t.equal((await facts.of(session)).length, 64)
})

t.test('a fact that does not fit its schema is left out, and counted', async (t) => {
  const redis = await emptyRedis(t)
  const corrupt: string[] = []
  const facts = new CarrierFacts(redis, what => { corrupt.push(what) })
  await redis.sadd(`call:{${session}}:facts`, '{"state":"abducted"}', 'x')
  await facts.add(session, { state: 'ringing' })
  t.strictSame(await facts.of(session), [{ state: 'ringing' }])
  t.strictSame(corrupt, ['fact', 'fact'])
})

t.test('any order and any repetition of the same facts, under any of its names, give the same view of a call', async (t) => {
  const redis = await emptyRedis(t)
  const facts = new CarrierFacts(redis)
  const told: [name: string, fact: CarrierFact][] = [
    [session, { state: 'ringing' }],
    [uuid, { state: 'answered', occurredAt: '2026-11-21T08:00:01Z' }],
    [session, { state: 'stream-started' }],
    [session, { state: 'completed', durationSeconds: 73 }],
    [uuid, { state: 'completed', durationSeconds: 73, occurredAt: '2026-11-21T08:01:14Z', cause: 'normal_clearing' }]
  ]
  const expected = { status: 'completed', durationSeconds: 73, answeredAt: '2026-11-21T08:00:01Z', endedAt: '2026-11-21T08:01:14Z', cause: 'normal_clearing' }
  const orders = fc.tuple(fc.array(fc.constantFrom(...told), { maxLength: 6 }), fc.shuffledSubarray(told, { minLength: told.length }), fc.nat({ max: 10 }))
  await fc.assert(fc.asyncProperty(orders, async ([repeated, all, linkAt]) => {
    await redis.flushall()
    const sequence = [...repeated, ...all]
    for (const [n, [name, fact]] of sequence.entries()) {
      if (n === linkAt % sequence.length) await facts.link([uuid, session])
      await facts.add(name, fact)
    }
    t.strictSame({ ...foldCarrierFacts(await facts.of(session)) }, expected)
  }), { numRuns: 200 })
})
