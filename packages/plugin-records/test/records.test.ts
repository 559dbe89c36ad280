import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import Fastify, { type FastifyInstance } from 'fastify'
import { freePort, startPostgres } from '@karani/local-stack'
import { migrate, seed } from '@karani/records'
import recordsPlugin, { type RecordsPluginOptions } from '../src/index.ts'

const server = await startPostgres()
t.teardown(() => server.stop())
await migrate(server.url)
await seed(server.url, new Date())

async function build (t: Test, options: RecordsPluginOptions): Promise<FastifyInstance> {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(recordsPlugin, options)
  return app
}

t.test('the records can be asked as soon as the app is ready', async (t) => {
  const app = await build(t, { url: server.url })
  t.match(await app.records.shipments.tracked('TRK427'), { status: 'out_for_delivery' })
})

t.test('a service starts without its database, and queries fail at once', async (t) => {
  const app = await build(t, { url: `postgres://karani:x@127.0.0.1:${await freePort()}/karani` })
  await t.rejects(app.records.ping(), { code: 'ECONNREFUSED' })
})

t.test('a database that accepts and says nothing is given up in time', async (t) => {
  const silent = createServer(socket => { socket.on('error', () => {}) }).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.teardown(() => silent.close())
  const app = await build(t, { url: `postgres://karani:x@127.0.0.1:${(silent.address() as AddressInfo).port}/karani`, connectTimeoutMs: 100 })
  const askedAt = performance.now()
  await t.rejects(app.records.ping())
  t.ok(performance.now() - askedAt < 3_000)
})

t.test('a database that falls silent is given up in time, again and again, and found when it is back', async (t) => {
  let silent = false
  const door = createServer(socket => {
    const onward = connect(server.port, '127.0.0.1')
    for (const [from, to] of [[socket, onward], [onward, socket]] as const) {
      from.on('data', data => { if (!silent) to.write(data) }).on('error', () => {}).on('close', () => to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
  t.teardown(() => door.close())
  const url = new URL(server.url)
  url.port = String((door.address() as AddressInfo).port)
  const app = await build(t, { url: url.href, maxConnections: 2, connectTimeoutMs: 1_000, statementTimeoutMs: 500 })
  await app.records.ping()
  silent = true
  const askedAt = performance.now()
  for (let times = 1; times <= 2; times++) {
    await t.rejects(app.records.ping())
    await t.rejects(app.records.once({ callId: 'HD_1', id: 'f1' }, async () => 'done'))
  }
  t.ok(performance.now() - askedAt < 4 * 3_000)
  silent = false
  t.equal(await app.records.once({ callId: 'HD_1', id: 'f1' }, async () => 'done'), 'done')
})

t.test('more queries than connections wait for one', async (t) => {
  const app = await build(t, { url: server.url, maxConnections: 2 })
  const answers = await Promise.all(Array.from({ length: 50 }, () => app.records.menu.items()))
  t.ok(answers.every(items => items.length === 5))
})

t.test('once the app is closed no query is answered', async (t) => {
  const app = await build(t, { url: server.url })
  await app.records.ping()
  await app.close()
  await t.rejects(app.records.ping())
})
