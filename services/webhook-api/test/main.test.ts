import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import t, { type Test } from 'tap'
import { freePort } from '@karani/local-stack'

const MAIN = resolve(import.meta.dirname, '../src/main.ts')
const ENV = {
  PUBLIC_URL: 'https://karani.example', MEDIA_URL: 'wss://media.example', REDIS_URL: 'redis://127.0.0.1:1', LINES_FILE: resolve(import.meta.dirname, '../../../config/lines.json'), PORT: '0'
}

function start (t: Test, env: Record<string, string>) {
  const child = spawn(process.execPath, ['--conditions=@karani/source', '--import', 'tsx', MAIN], { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', text => { said.stdout += text })
  child.stderr.setEncoding('utf8').on('data', text => { said.stderr += text })
  return { child, said, ended: once(child, 'close') }
}

t.test('an unsafe configuration is one line and exit code 78', async (t) => {
  const { said, ended } = start(t, ENV)
  t.equal((await ended)[0], 78)
  t.match(said.stderr, /^webhook-api: SAUTIKIT_SIGNING_SECRETS: is not set[^\n]+\n$/)
  t.equal(said.stdout, '')
})

t.test('a lines file that is missing is one line and exit code 78', async (t) => {
  const { said, ended } = start(t, { ...ENV, SAUTIKIT_SIGNING_SECRETS: 'x', LINES_FILE: '/nowhere/lines.json' })
  t.equal((await ended)[0], 78)
  t.match(said.stderr, /^webhook-api: LINES_FILE: [^\n]+\n$/)
})

t.test('it starts without Redis, is ready, and ends when it is told to', async (t) => {
  const port = String(await freePort())
  const { child, said, ended } = start(t, { ...ENV, SAUTIKIT_SIGNING_SECRETS: 'x', PORT: port })
  while (!said.stdout.includes('Server listening')) await once(child.stdout, 'data')
  const { status } = await fetch(`http://127.0.0.1:${port}/readyz`)
  t.equal(status, 200)
  child.kill('SIGTERM')
  t.strictSame(await ended, [0, null])
  t.equal(said.stderr, '')
})
