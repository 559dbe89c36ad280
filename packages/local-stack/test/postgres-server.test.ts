import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import t, { type Test } from 'tap'
import { restoreLinks } from '../src/postgres/postgres-programs.ts'
import { startPostgres, type PostgresOptions, type PostgresServer } from '../src/postgres/postgres-server.ts'
import { runningProcess } from '../src/process/running-process.ts'
import { until } from '../src/process/until.ts'
import { startRedis } from '../src/redis/redis-server.ts'
import { holdElsewhere } from './held-folder.ts'

t.test('a private PostgreSQL has an empty database, wants its password, and leaves nothing when it had no folder', async t => {
  const server = await startPostgres()
  t.same(await ask(server.url, 'select count(*)::int as tables from information_schema.tables where table_schema = $1', ['public']), [{ tables: 0 }])
  await t.rejects(ask(server.url.replace(/:[^:]+@/, ':wrong@'), 'select 1'), { code: '28P01' })
  await server.stop()
  t.equal(runningProcess(server.pid), null)
})

t.test('it works in a folder that only its owner can enter, and keeps its data', async t => {
  const home = t.testdir({ home: {} })
  chmodSync(path.join(home, 'home'), 0o700)
  const dataDir = path.join(home, 'home/data/postgres')
  const first = await started(t, { dataDir, persistent: true })
  await ask(first.url, 'create table kept (id int)')
  await t.rejects(startPostgres({ dataDir }), { code: 'FOLDER_IN_USE' }, 'two never share a folder')
  await first.stop()
  const second = await started(t, { dataDir, persistent: true })
  t.same(await ask(second.url, 'select * from kept'), [])
  process.kill(second.pid, 'SIGKILL')
  await second.ended
  await second.stop()
  const third = await started(t, { dataDir, persistent: true })
  t.same(await ask(third.url, 'select * from kept'), [], 'also after kill -9')
})

t.test('an interrupted creation is begun again', async t => {
  const dataDir = path.join(t.testdir(), 'postgres')
  mkdirSync(path.join(dataDir, 'cluster.draft/base'), { recursive: true })
  writeFileSync(path.join(dataDir, 'cluster.draft/PG_VERSION'), '18\n')
  const server = await started(t, { dataDir })
  t.same(await ask(server.url, 'select 1 as one'), [{ one: 1 }])
})

t.test('a folder of another PostgreSQL is refused and not touched', async t => {
  const dataDir = t.testdir({ password: 'x', cluster: { PG_VERSION: '9\n' } })
  await t.rejects(startPostgres({ dataDir }), { code: 'POSTGRES_UNAVAILABLE', message: /written by PostgreSQL 9/ })
  t.same(readdirSync(path.join(dataDir, 'cluster')), ['PG_VERSION'])
})

t.test('a pid file that names another program keeps nobody from starting, and that program lives on', async t => {
  const dataDir = path.join(t.testdir(), 'postgres')
  await (await startPostgres({ dataDir })).stop()
  writeFileSync(path.join(dataDir, 'cluster/postmaster.pid'), `${process.ppid}\n${dataDir}/cluster\n1\n5432\n\n127.0.0.1\n\nready\n`)
  await started(t, { dataDir })
  t.ok(runningProcess(process.ppid))
})

t.test('when a stack is killed its servers go with it, and the folder can be used again at once', async t => {
  const folder = t.testdir()
  const { holder, held } = await holdElsewhere(folder)
  await t.rejects(startRedis({ dataDir: path.join(folder, 'redis') }), { code: 'FOLDER_IN_USE', message: new RegExp(`process ${holder.pid} `) })
  await ask(held.postgresUrl, 'create table kept (id int)')
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const redis = await startRedis({ dataDir: path.join(folder, 'redis') })
  t.teardown(() => redis.stop())
  const postgres = await started(t, { dataDir: path.join(folder, 'postgres') })
  t.same(await ask(postgres.url, 'select * from kept'), [])
  t.ok(await until(() => runningProcess(held.redis) === null && runningProcess(held.postgres) === null, { timeoutMs: 5_000 }))
})

t.test('the libraries\' links are made where npm was not allowed to, and made once', async t => {
  const folder = t.testdir({ native: { lib: { 'libpq.so.5.18': 'library' }, 'pg-symlinks.json': '[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]' } })
  await restoreLinks(folder)
  await restoreLinks(folder)
  t.equal(readlinkSync(path.join(folder, 'native/lib/libpq.so.5')), 'libpq.so.5.18')
})

async function started (t: Test, options: PostgresOptions): Promise<PostgresServer> {
  const server = await startPostgres(options)
  t.teardown(() => server.stop())
  return server
}

async function ask (url: string, sql: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}
