import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { findRedisProgram } from '../src/redis/redis-program.ts'

t.test('a server on the PATH is taken, Redis or Valkey', async t => {
  for (const name of ['redis-server', 'valkey-server']) {
    const searchPath = bin(t.testdir(), { [name]: 'exit 0' })
    t.same(await findRedisProgram({ searchPath, cacheDir: '/nowhere' }), { command: path.join(searchPath, name) })
  }
})

t.test('without a server and without apt it says in one line what to do', async t => {
  const searchPath = bin(t.testdir(), { 'redis-server': 'exit 1 # does not run' })
  await t.rejects(findRedisProgram({ searchPath, cacheDir: path.join(searchPath, 'cache') }), { code: 'REDIS_UNAVAILABLE', message: /^No Redis here: .* Install redis-server .* or set REDIS_URL$/ })
})

t.test('Debian\'s packages are fetched into the cache, announced, once for all that come together', async t => {
  const root = t.testdir()
  const said: string[] = []
  const find = () => findRedisProgram({ searchPath: bin(path.join(root, 'bin'), debian(root)), cacheDir: path.join(root, 'cache'), say: line => said.push(line) })
  const programs = await Promise.all([find(), find(), find()])
  const fetched = path.join(root, 'cache/redis/root')
  for (const program of programs) t.same(program, { command: path.join(fetched, 'usr/bin/redis-server'), libraryPath: path.join(fetched, 'usr/lib/x86_64-linux-gnu') })
  t.match(said, [/fetching/, /^Redis fetched in \d+\.\d s$/])
  t.equal(said.length, 2)
  t.match(readFileSync(path.join(root, 'apt.log'), 'utf8'), /^update\ndownload redis-tools libjemalloc2 liblzf1\n$/)
})

t.test('a fetch that failed leaves nothing, says why, and is tried again', async t => {
  const root = t.testdir()
  const cacheDir = path.join(root, 'cache')
  const failing = { 'apt-get': 'echo "E: no such host" >&2; exit 100', 'dpkg-deb': 'exit 0' }
  await t.rejects(findRedisProgram({ searchPath: bin(path.join(root, 'bin'), failing), cacheDir }), { code: 'REDIS_UNAVAILABLE', message: /E: no such host/ })
  t.notOk(existsSync(path.join(cacheDir, 'redis/root')))
  await t.resolves(findRedisProgram({ searchPath: bin(path.join(root, 'bin'), debian(root)), cacheDir }))
})

t.test('a fetched server that does not run on this machine is not used', async t => {
  const root = t.testdir()
  await t.rejects(findRedisProgram({ searchPath: bin(path.join(root, 'bin'), debian(root, 'exit 127')), cacheDir: path.join(root, 'cache') }), { code: 'REDIS_UNAVAILABLE', message: /does not run/ })
})

/** An apt-get that notes what it is asked and downloads one empty package, and a dpkg-deb that unpacks a server from it. */
function debian (root: string, server = 'exit 0'): Record<string, string> {
  return {
    'apt-get': `while [ "$1" != update ] && [ "$1" != download ]; do shift; done; echo "$@" >> ${root}/apt.log; [ "$1" = update ] || : > redis.deb`,
    'dpkg-deb': `mkdir -p $3/usr/bin $3/usr/lib/x86_64-linux-gnu; printf '#!/bin/sh\\n${server}\\n' > $3/usr/bin/redis-check-rdb; chmod 755 $3/usr/bin/redis-check-rdb`
  }
}

/** A folder with these shell scripts, to stand for the PATH. */
function bin (folder: string, scripts: Record<string, string>): string {
  mkdirSync(folder, { recursive: true })
  for (const [name, body] of Object.entries(scripts)) writeFileSync(path.join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  return folder
}
