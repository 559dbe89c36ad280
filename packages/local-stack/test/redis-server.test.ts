import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { freePort } from '../src/process/free-port.ts'
import { runningProcess } from '../src/process/running-process.ts'
import { findRedisProgram, redisEnv } from '../src/redis/redis-program.ts'
import { startRedis, type RedisOptions, type RedisServer } from '../src/redis/redis-server.ts'

t.test('a private Redis answers at its URL, stands still when frozen, and goes on when thawed', async t => {
  const { server, client } = await connected(t)
  t.equal(await client.ping(), 'PONG')
  server.freeze()
  await t.rejects(client.ping(), { message: /timed out/ })
  server.thaw()
  t.equal(await client.ping(), 'PONG')
})

t.test('it evicts nothing, as queues need', async t => {
  const { client } = await connected(t)
  t.same(await client.config('GET', 'maxmemory-policy'), ['maxmemory-policy', 'noeviction'])
})

t.test('a killed one is gone at once, a frozen one can be stopped', async t => {
  const killed = await startRedis()
  await killed.kill()
  t.equal(await killed.ended, 'signal SIGKILL')
  const frozen = await startRedis()
  frozen.freeze()
  await frozen.stop()
  t.equal(runningProcess(frozen.pid), null)
})

t.test('a persistent one keeps its data over stop and kill -9', async t => {
  const dataDir = path.join(t.testdir(), 'redis')
  const first = await connected(t, { dataDir, persistent: true })
  await first.client.set('stopped', 'kept')
  await first.server.stop()
  const second = await connected(t, { dataDir, persistent: true })
  t.equal(await second.client.get('stopped'), 'kept')
  await second.client.set('killed', 'kept')
  await second.server.kill()
  const third = await connected(t, { dataDir, persistent: true })
  t.equal(await third.client.get('killed'), 'kept')
})

t.test('two never share a folder', async t => {
  const dataDir = path.join(t.testdir(), 'redis')
  const { client } = await connected(t, { dataDir })
  await t.rejects(startRedis({ dataDir }), { code: 'FOLDER_IN_USE' })
  t.equal(await client.ping(), 'PONG', 'the first is not disturbed')
})

t.test('a Redis that a killed stack left in the folder is ended; another program with its pid is not', async t => {
  const root = t.testdir({ redis: {}, elsewhere: {} })
  const dataDir = path.join(root, 'redis')
  const elsewhere = path.join(root, 'elsewhere')
  const { command, libraryPath } = await findRedisProgram()
  const left = spawn(command, ['--port', String(await freePort()), '--dir', dataDir, '--save', '', '--set-proc-title', 'no'], { env: redisEnv(libraryPath), stdio: 'ignore' })
  const ended = once(left, 'exit')
  writeFileSync(path.join(dataDir, 'redis.pid'), `${left.pid}\n`)
  await connected(t, { dataDir })
  t.ok(await ended)

  writeFileSync(path.join(elsewhere, 'redis.pid'), `${process.ppid}\n`)
  await connected(t, { dataDir: elsewhere })
  t.ok(runningProcess(process.ppid))
})

async function connected (t: Test, options?: RedisOptions): Promise<{ server: RedisServer, client: Redis }> {
  const server = await startRedis(options)
  const client = new Redis(server.url, { commandTimeout: 300, retryStrategy: null })
  client.on('error', () => {}) // tests that end the server look at the server
  t.teardown(async () => {
    client.disconnect()
    await server.stop()
  })
  return { server, client }
}
