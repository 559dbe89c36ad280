import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const SERVICE = fileURLToPath(new URL('services/webhook-api/src/main.ts', import.meta.url))
const { PATH } = process.env

const start = (env: Record<string, string>) => spawnSync(process.execPath, ['--import', 'tsx', SERVICE], { env: { PATH, ...env }, encoding: 'utf8', timeout: 20_000 })

t.test('a service that is not configured says so in one line and exits with 78', async (t) => {
  const { status, stderr, stdout } = start({ PORT: '99999' })
  t.equal(status, 78)
  t.equal(stderr, 'webhook-api: PORT: must be <= 65535; set it to a port from 0 to 65535\n')
  t.equal(stdout, '')
})

t.test('another fault at start is told in full, and is not taken for a matter of configuration', async (t) => {
  const { status, stderr } = start({ PORT: '0', FAULT: '1' })
  t.equal(status, 1)
  t.match(stderr, /RangeError: not a matter of configuration/)
})

t.test('a service that is configured stays up', async (t) => {
  const { signal, stderr } = start({ PORT: '0' })
  t.equal(signal, 'SIGTERM')
  t.equal(stderr, '')
})
