import t from 'tap'
import { CallContexts, type CallContext } from '../src/index.ts'
import { emptyRedis } from './redis.ts'
import { inbound } from './calls.ts'

t.test('a context that was opened can be read by any replica for a day', async (t) => {
  const redis = await emptyRedis(t)
  await new CallContexts(redis).open(inbound)
  t.strictSame(await new CallContexts(redis).get(inbound.callId), inbound)
  const lifetimeS = await redis.ttl(`call:{${inbound.callId}}:context`)
  t.ok(lifetimeS > 86_390 && lifetimeS <= 86_400)
})

t.test('a call that nobody opened is absent and was not streamed', async (t) => {
  const contexts = new CallContexts(await emptyRedis(t))
  t.equal(await contexts.get('HD_000000000000'), undefined)
  t.strictSame(await contexts.standing('HD_000000000000'), { context: undefined, streamed: false })
})

t.test('the context of an outbound call is found by its label', async (t) => {
  const contexts = new CallContexts(await emptyRedis(t))
  const outbound: CallContext = { ...inbound, direction: 'outbound', clientRequestId: 'r-8f2b' }
  await contexts.open(outbound)
  t.strictSame(await contexts.findByClientRequestId('r-8f2b'), outbound)
  t.equal(await contexts.findByClientRequestId('r-ffff'), undefined)
})

t.test('a context that does not fit its schema is absent, and counted', async (t) => {
  const redis = await emptyRedis(t)
  const corrupt: string[] = []
  const contexts = new CallContexts(redis, what => { corrupt.push(what) })
  const { agent, ...withoutAgent } = inbound
  for (const text of ['', '{', 'null', '[]', '"HD_24d73b4518bc"', JSON.stringify(withoutAgent), JSON.stringify({ ...inbound, agent: 'butcher' })]) {
    await redis.set(`call:{${inbound.callId}}:context`, text)
    t.equal(await contexts.get(inbound.callId), undefined, text)
  }
  t.strictSame(corrupt, Array(7).fill('context'))
})

t.test('an id that could leave its key is refused', async (t) => {
  const contexts = new CallContexts(await emptyRedis(t))
  for (const callId of ['', 'a:b', 'a}b', 'ü', 'a\n', 'x'.repeat(65)]) await t.rejects(contexts.get(callId), { code: 'CALL_ID_INVALID' })
})
