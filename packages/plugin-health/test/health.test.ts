import { setTimeout as wait } from 'node:timers/promises'
import t, { type Test } from 'tap'
import Fastify, { type FastifyInstance } from 'fastify'
import { Counter } from 'prom-client'
import health from '../src/index.ts'

async function build (t: Test): Promise<FastifyInstance> {
  const app = Fastify({ return503OnClosing: false })
  t.teardown(() => app.close())
  await app.register(health)
  return app
}

t.test('a process that answers is healthy, whatever its dependencies do', async (t) => {
  const app = await build(t)
  app.addReadinessCheck('redis', async () => { throw new Error('gone') })
  const res = await app.inject('/healthz')
  t.equal(res.statusCode, 200)
  t.strictSame(res.json(), { status: 'ok' })
})

t.test('a service is ready when every check resolves', async (t) => {
  const app = await build(t)
  app.addReadinessCheck('redis', async () => 'PONG')
  const res = await app.inject('/readyz')
  t.equal(res.statusCode, 200)
  t.strictSame(res.json(), { status: 'ready', checks: { redis: 'ok' } })
})

t.test('a service is not ready while a check rejects, throws or takes longer than a second', async (t) => {
  const app = await build(t)
  app.addReadinessCheck('fine', async () => {})
  app.addReadinessCheck('rejects', async () => { throw new Error('password=secret') })
  app.addReadinessCheck('throws', () => { throw new Error('password=secret') })
  app.addReadinessCheck('hangs', () => new Promise(() => {}))
  const askedAt = performance.now()
  const res = await app.inject('/readyz')
  t.ok(performance.now() - askedAt < 1_900, 'the checks run side by side')
  t.equal(res.statusCode, 503)
  t.strictSame(res.json(), { status: 'not ready', checks: { fine: 'ok', rejects: 'failed', throws: 'failed', hangs: 'timed out' } })
})

t.test('a service that drains is not ready, healthy all the same, and can still be measured', async (t) => {
  const app = await build(t)
  const drained = new AbortController()
  app.addHook('preClose', () => wait(10_000, undefined, { signal: drained.signal }).catch(() => {}))
  const url = await app.listen({ port: 0 })
  const closed = app.close()
  const status = async (path: string): Promise<number> => (await fetch(url + path, { headers: { connection: 'close' } })).status
  t.equal(await status('/readyz'), 503)
  t.equal(await status('/healthz'), 200)
  t.equal(await status('/metrics'), 200)
  drained.abort()
  await closed
})

t.test('metrics hold the process figures and what the service counts', async (t) => {
  const app = await build(t)
  new Counter({ name: 'karani_calls_total', help: 'Calls.', registers: [app.metrics] }).inc(3)
  const res = await app.inject('/metrics')
  t.match(res.headers['content-type'], /^text\/plain; version=0\.0\.4/)
  t.match(res.body, /^karani_calls_total 3$/m)
  t.match(res.body, /^karani_nodejs_eventloop_lag_p99_seconds /m)
})

t.test('two services in one process count apart', async (t) => {
  const [one, other] = [await build(t), await build(t)]
  new Counter({ name: 'karani_calls_total', help: 'Calls.', registers: [one.metrics] }).inc()
  t.notMatch((await other.inject('/metrics')).body, /karani_calls_total/)
})
