import { readFileSync } from 'node:fs'
import t from 'tap'
import { lockedPackages } from './lockfile.ts'

const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { allowScripts: Record<string, boolean> }
const packages = Object.entries(lockedPackages).map(([folder, locked]) => ({ folder, name: folder.replace(/^.*node_modules\//, ''), ...locked }))
/** Those that come from a registry, and not from this repository. */
const foreign = packages.filter(({ folder, link }) => folder.includes('node_modules/') && link !== true)

t.test('the lock file names no host, so that any registry will do', async (t) => {
  for (const { folder, link, resolved } of packages) t.ok(resolved === undefined || link === true, folder)
  t.notMatch(JSON.stringify(lockedPackages, (key, value: unknown) => key === 'funding' ? undefined : value), /https?:/)
})

t.test('whatever registry a package comes from, it is the one that was locked', async (t) => {
  t.ok(foreign.length > 300)
  for (const { folder, integrity } of foreign) t.match(integrity, /^sha512-/, folder)
})

/** The first versions without a fault that a peer could use. */
for (const [name, minimum] of [['ws', '8.23.0'], ['fastify', '5.12.0']] as const) {
  t.test(`every ${name} is ${minimum} or newer`, async (t) => {
    const versions = foreign.filter(locked => locked.name === name).map(({ version = '' }) => version)
    t.ok(versions.length > 0)
    for (const version of versions) t.ok(version.localeCompare(minimum, 'en', { numeric: true }) >= 0, version)
  })
}

t.test('whether a package may run its install script was decided for each that has one', async (t) => {
  const scripted = new Set(foreign.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name))
  t.same(Object.keys(allowScripts).sort(), [...scripted].sort())
})
