import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { freePort } from '@karani/local-stack'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))

function start (t: Test, env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ['--conditions=@karani/source', '--import', 'tsx', MAIN], { cwd: PROJECT, env: { PATH: process.env.PATH ?? '', ...env } })
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

t.test('with an incomplete environment it does not start: one line, and code 78', async (t) => {
  const child = start(t, { DATABASE_URL: 'mysql://127.0.0.1/karani' })
  const [stderr, [code]] = await Promise.all([text(child.stderr!), once(child, 'close')])
  t.equal(code, 78)
  t.match(stderr, /^tools-service: DATABASE_URL: [^\n]+\n$/)
})

t.test('it starts without its stores, and ends in good order when it is asked to', async (t) => {
  const port = await freePort()
  const child = start(t, { DATABASE_URL: 'postgres://karani:x@127.0.0.1:1/karani', REDIS_URL: 'redis://127.0.0.1:1', CALL_TOKEN_SECRET: 'x'.repeat(32), PORT: String(port), DRAIN_TIMEOUT_MS: '1000' })
  let log = ''
  for await (const chunk of child.stdout!) {
    log += String(chunk)
    if (log.includes('Server listening')) break
  }
  t.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200)
  t.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 503)
  child.kill('SIGTERM')
  const [code] = await once(child, 'close')
  t.equal(code, 0)
})
