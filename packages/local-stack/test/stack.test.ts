import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import t, { type Test } from 'tap'
import { startRedis } from '../src/redis/redis-server.ts'
import { runningProcess } from '../src/process/running-process.ts'
import { settingsFor } from '../src/stack/services.ts'
import { secretsOf } from '../src/stack/secrets.ts'
import { simulatedIn, simulatorSettings, usableSecrets, wiring } from '../src/stack/settings.ts'
import { readStackFile, removeStackFile, writeStackFile } from '../src/stack/stack-file.ts'
import { startStack, type Stack, type StackOptions } from '../src/stack/stack.ts'

t.test('a stack brings up what was asked for, says so, and leaves nothing when it had no folder', async t => {
  const said: string[] = []
  const stack = await started(t, { services: ['webhook-api'], say: line => said.push(line) })
  const service = stack.services['webhook-api']
  t.equal((await fetch(`${service.url}/readyz`)).status, 200)
  t.match(said.sort(), [/^PostgreSQL, .* ready/, /^Redis ready in \d\.\d\d s$/, /^webhook-api ready/])
  const pids = [service.pid, stack.redis?.pid ?? 0, stack.postgres?.pid ?? 0]
  t.ok(pids.every(pid => runningProcess(pid)))
  await stack.stop()
  t.same(pids.map(runningProcess), [null, null, null])
  t.notOk(existsSync(stack.dataDir))
})

t.test('a service that was killed can be started again on its port, and another replica beside it', async t => {
  const stack = await started(t, { services: ['webhook-api'] })
  const { port, kill, ended } = stack.services['webhook-api']
  await kill()
  t.equal(await ended, 'signal SIGKILL')
  const [again, replica] = await Promise.all([stack.start('webhook-api', { port }), stack.start('webhook-api')])
  t.equal(again.port, port)
  t.not(replica.port, port)
  await stack.stop()
  t.same([again.pid, replica.pid].map(runningProcess), [null, null], 'they stop with the stack')
})

t.test('a service that refuses to start is told in its own words, and what had started is stopped', async t => {
  const dataDir = path.join(t.testdir(), 'data')
  await t.rejects(startStack({ dataDir, services: ['webhook-api'], env: { MEDIA_URL: 'http://127.0.0.1' } }), { code: 'CHILD_NOT_READY', message: /^webhook-api ended at start \(exit code 78\)\n.*MEDIA_URL/s })
  t.notOk(existsSync(path.join(dataDir, 'lock')))
  await (await started(t, { dataDir, services: [] })).stop()
})

t.test('two stacks never share a folder, and the secrets in it stay', async t => {
  const dataDir = path.join(t.testdir(), 'data')
  const stack = await started(t, { dataDir, services: [] })
  await t.rejects(startStack({ dataDir, services: [] }), { code: 'FOLDER_IN_USE' })
  t.equal(statSync(path.join(dataDir, 'secrets.json')).mode & 0o777, 0o600)
  const secrets = await secretsOf(dataDir)
  t.match(stack.settings, secrets)
  await stack.stop()
  t.same(await secretsOf(dataDir), secrets)
})

t.test('servers that are given are used, and not stopped', async t => {
  const redis = await startRedis()
  t.teardown(() => redis.stop())
  const stack = await started(t, { services: [], env: { REDIS_URL: redis.url } })
  t.equal(stack.redis, null)
  t.equal(stack.settings.REDIS_URL, redis.url)
  await stack.stop()
  t.ok(runningProcess(redis.pid))
})

t.test('the commands find a running stack by its file, and none by the file of one that is gone', async t => {
  const dataDir = path.join(t.testdir(), 'data')
  const stack = await started(t, { dataDir, services: [] })
  await writeStackFile(stack)
  const { redisUrl, pid } = await readStackFile(dataDir)
  t.equal(redisUrl, stack.settings.REDIS_URL)
  t.equal(pid, process.pid)
  t.equal(statSync(path.join(dataDir, 'stack.json')).mode & 0o777, 0o600)
  await removeStackFile(dataDir)
  await t.rejects(readStackFile(dataDir), { code: 'NO_STACK' })
  const gone = t.testdir({ 'stack.json': JSON.stringify({ pid: 1, startedAt: 'never', redisUrl: '', databaseUrl: '', linesFile: '', simulatorUrl: null, services: {} }) })
  await t.rejects(readStackFile(gone), { code: 'NO_STACK' })
})

t.test('a service is given its own variables, and those that nobody claims', async t => {
  const settings = { REDIS_URL: 'r', DATABASE_URL: 'd', GEMINI_API_KEY: 'g', WEBHOOK_TOKENS: 'w', MEDIA_GATEWAY_PORT: '1', SOMETHING_NEW: 's' }
  t.same(settingsFor('media-gateway', settings), { REDIS_URL: 'r', GEMINI_API_KEY: 'g', SOMETHING_NEW: 's' })
  t.same(settingsFor('webhook-api', settings), { REDIS_URL: 'r', DATABASE_URL: 'd', WEBHOOK_TOKENS: 'w', SOMETHING_NEW: 's' })
  t.same(settingsFor('tools-service', settings), { REDIS_URL: 'r', DATABASE_URL: 'd', SOMETHING_NEW: 's' })
})

t.test('what has a key is real, what has none is simulated', async t => {
  const ports = { 'webhook-api': 1, 'media-gateway': 2, 'tools-service': 3, 'telephony-worker': 4, simulator: 5, 'gemini-simulator': 6, 'daraja-simulator': 7 }
  t.same(simulatedIn({}), { carrier: true, model: true, mpesa: true })
  t.same(simulatedIn({ GEMINI_API_KEY: 'g' }), { carrier: true, model: false, mpesa: true })
  t.same(simulatedIn({ LIVE_MODEL: 'openai', GEMINI_API_KEY: 'g' }), { carrier: true, model: true, mpesa: true })
  t.same(simulatedIn({ SAUTIKIT_API_KEY: 's' }), { carrier: false, model: true, mpesa: false }, 'real callers are told of real payments only')
  t.same(simulatedIn({ MPESA_CONSUMER_KEY: 'k' }), { carrier: true, model: true, mpesa: false })
  t.match(wiring(ports, { carrier: true, model: true, mpesa: true }), { MPESA_BASE_URL: 'http://127.0.0.1:7', MPESA_CONSUMER_KEY: 'simulated', GEMINI_URL: 'ws://127.0.0.1:6', PUBLIC_URL: 'http://127.0.0.1:1', MEDIA_URL: 'ws://127.0.0.1:2', SAUTIKIT_API_URL: 'http://127.0.0.1:5', TOOLS_URL: 'http://127.0.0.1:3' })
  const real = wiring(ports, { carrier: false, model: false, mpesa: false })
  t.notOk('GEMINI_URL' in real || 'GEMINI_API_KEY' in real || 'PUBLIC_URL' in real || 'SAUTIKIT_API_KEY' in real || 'MPESA_BASE_URL' in real || 'MPESA_CONSUMER_KEY' in real)
  const made = { CALL_TOKEN_SECRET: 'c', MPESA_CALLBACK_SECRET: 'm' }
  t.same(usableSecrets(made, { carrier: true, model: true, mpesa: true }, {}), made)
  t.same(usableSecrets(made, { carrier: false, model: false, mpesa: false }, { MPESA_CONSUMER_KEY: 'k' }), made)
  t.same(usableSecrets(made, { carrier: false, model: false, mpesa: false }, {}), { CALL_TOKEN_SECRET: 'c' })
  t.match(simulatorSettings(ports, { SAUTIKIT_SIGNING_SECRETS: 'one,two' }, '/data'), { VOICE_URL: 'http://127.0.0.1:1/voice', SAUTIKIT_SIGNING_SECRET: 'one', SIMULATOR_DATA_DIR: '/data/calls' })
})

async function started (t: Test, options: StackOptions): Promise<Stack> {
  const stack = await startStack(options)
  t.teardown(() => stack.stop())
  return stack
}
