import { once } from 'node:events'
import { Writable } from 'node:stream'
import t, { type Test } from 'tap'
import Fastify, { type FastifyInstance } from 'fastify'
import { freePort, startRedis } from '@karani/local-stack'
import redisPlugin, { blockingConnection } from '../src/index.ts'
import { Gate } from './gate.ts'

const server = await startRedis()
t.teardown(() => server.stop())

interface Service { app: FastifyInstance, lines: Record<string, unknown>[] }

async function build (t: Test, url: string, commandTimeoutMs?: number): Promise<Service> {
  const lines: Record<string, unknown>[] = []
  const stream = new Writable({ write (line, encoding, done) { lines.push(JSON.parse(line.toString())); done() } })
  const app = Fastify({ logger: { stream } })
  t.teardown(() => app.close())
  await app.register(redisPlugin, { url, ...(commandTimeoutMs === undefined ? {} : { commandTimeoutMs }) })
  return { app, lines }
}

async function gate (t: Test): Promise<Gate> {
  const gate = new Gate(t, server.port)
  await gate.open()
  return gate
}

t.test('the first command after boot finds a connection', async (t) => {
  const { app } = await build(t, server.url)
  t.equal(await app.redis.ping(), 'PONG')
})

t.test('a service starts without Redis, and its commands fail at once', async (t) => {
  const { app, lines } = await build(t, `redis://127.0.0.1:${await freePort()}`)
  const askedAt = performance.now()
  await t.rejects(app.redis.get('x'))
  t.ok(performance.now() - askedAt < 50)
  t.match(lines, [{ level: 50, code: 'ECONNREFUSED', msg: 'redis is unreachable' }])
})

t.test('a Redis that came late is found', async (t) => {
  const door = await gate(t)
  await door.shut()
  const { app } = await build(t, door.url)
  await door.open()
  await once(app.redis, 'ready')
  t.equal(await app.redis.ping(), 'PONG')
})

t.test('a lost connection is logged once, sought for ever and logged once when it is back', async (t) => {
  const door = await gate(t)
  const { app, lines } = await build(t, door.url)
  for (let episode = 1; episode <= 2; episode++) {
    await door.shut()
    for (let attempt = 1; attempt <= 4; attempt++) await new Promise(resolve => app.redis.once('reconnecting', resolve))
    await t.rejects(app.redis.ping())
    const back = once(app.redis, 'ready')
    await door.open()
    await back
    t.equal(await app.redis.ping(), 'PONG')
    t.strictSame(lines.map(line => line.msg), Array(episode).fill(['redis is unreachable', 'redis is reachable again']).flat())
  }
})

t.test('a command to a frozen Redis fails in time, and the service boots beside one', async (t) => {
  const frozen = await startRedis()
  t.teardown(() => { frozen.thaw(); return frozen.stop() })
  const { app } = await build(t, frozen.url, 100)
  frozen.freeze()
  const askedAt = performance.now()
  await t.rejects(app.redis.ping(), { message: 'Command timed out' })
  t.ok(performance.now() - askedAt < 300)
  const bootedAt = performance.now()
  const late = await build(t, frozen.url)
  t.ok(performance.now() - bootedAt < 1_500)
  await t.rejects(late.app.redis.ping())
})

t.test('a write that failed because the connection was cut is not sent again', async (t) => {
  const door = await gate(t)
  const { app } = await build(t, door.url)
  server.freeze()
  t.teardown(() => server.thaw())
  const lost = t.rejects(app.redis.incr('lost'))
  await door.shut()
  await lost
  server.thaw()
  const back = once(app.redis, 'ready')
  await door.open()
  await back
  t.ok(Number(await app.redis.get('lost') ?? 0) <= 1)
})

t.test('a password that is refused does not reach the log', async (t) => {
  const { lines } = await build(t, `redis://stranger:hunter2@127.0.0.1:${server.port}`)
  t.equal(lines.length, 1)
  t.notMatch(JSON.stringify(lines), /hunter2/)
})

t.test('a blocking connection waits for a Redis that is away', async (t) => {
  const door = await gate(t)
  const { app } = await build(t, server.url)
  const connection = blockingConnection(door.url, app.log)
  t.teardown(() => connection.disconnect())
  await once(connection, 'ready')
  const popped = connection.blpop('jobs', 0)
  await door.shut()
  await new Promise(resolve => connection.once('reconnecting', resolve))
  await door.open()
  await app.redis.rpush('jobs', 'one')
  t.strictSame(await popped, ['jobs', 'one'])
})
