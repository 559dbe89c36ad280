// Runs before `npm start` and `npm test`: brings node_modules to what package-lock.json says, when it is not there yet.
// Plain Node, no dependency: it runs when nothing is installed.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 12)) {
  console.error(`Karani needs Node 20.12 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

const root = fileURLToPath(new URL('..', import.meta.url))
const missing = missingPackages(packagesOf('package-lock.json'), packagesOf('node_modules/.package-lock.json'))
if (missing > 0) install(missing)

/** How many packages of the lock file are not installed in its version. Those for other platforms are left out by npm. */
function missingPackages (locked, installed) {
  return Object.entries(locked).filter(([folder, { version, optional }]) => folder !== '' && !optional && installed[folder]?.version !== version).length
}

/** The packages of an npm lock file by folder. npm keeps such a file in node_modules, about what it really installed. */
function packagesOf (file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages
  } catch {
    return {}
  }
}

function install (count) {
  const startedAt = Date.now()
  console.log(`Installing ${count} packages with npm ci ...`)
  const npm = process.env.npm_execpath === undefined ? ['npm'] : [process.execPath, process.env.npm_execpath]
  const { status } = spawnSync(npm[0], [...npm.slice(1), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) process.exit(status ?? 1)
  console.log(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
}
