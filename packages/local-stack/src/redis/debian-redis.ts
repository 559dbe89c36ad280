import { execFile } from 'node:child_process'
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { RedisUnavailableError } from '../errors.ts'
import { lockFolder, type FolderLock } from '../process/folder-lock.ts'
import { isExecutable, onPath } from '../process/on-path.ts'
import { until } from '../process/until.ts'
import type { RedisProgram } from './redis-program.ts'

const run = promisify(execFile)

/** The server and the two libraries that a bare Debian lacks. In Debian 12 the program redis-check-rdb is the server itself. */
const PACKAGES = ['redis-tools', 'libjemalloc2', 'liblzf1']
const FETCH_TIMEOUT_MS = 120_000

interface FetchOptions { folder: string, searchPath: string, say: (line: string) => void }

/**
 * A Redis server without root: Debian's packages, downloaded with apt's own signature checks and unpacked into `folder`, once.
 * Processes that come together wait for the first.
 * @throws RedisUnavailableError where there is no apt, or it cannot fetch
 */
export async function fetchDebianRedis ({ folder, searchPath, say }: FetchOptions): Promise<RedisProgram> {
  const apt = onPath(['apt-get'], searchPath)
  const dpkg = onPath(['dpkg-deb'], searchPath)
  const root = path.join(folder, 'root')
  if (!existsSync(root)) {
    if (apt === null || dpkg === null) throw new RedisUnavailableError('no redis-server on the PATH')
    const lock = await lockOf(folder)
    try {
      if (!existsSync(root)) {
        say(`Redis is not installed: fetching Debian's package, 1.4 MB and the package lists, into ${path.relative('.', folder)} (once)`)
        const startedAt = performance.now()
        await fetch({ apt, dpkg, folder, root })
        say(`Redis fetched in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
      }
    } finally {
      await lock.release()
    }
  }
  return await programIn(root)
}

async function lockOf (folder: string): Promise<FolderLock> {
  const lock = await until(() => lockFolder(folder).catch(nullIfTaken), { timeoutMs: FETCH_TIMEOUT_MS, everyMs: 100 })
  if (lock === null) throw new RedisUnavailableError(`another process has been fetching it into ${folder} for two minutes`)
  return lock
}

function nullIfTaken (err: NodeJS.ErrnoException): null {
  if (err.code === 'FOLDER_IN_USE') return null
  throw err
}

async function fetch ({ apt, dpkg, folder, root }: { apt: string, dpkg: string, folder: string, root: string }): Promise<void> {
  const draft = path.join(folder, 'draft')
  await rm(draft, { recursive: true, force: true })
  for (const part of ['state/lists/partial', 'cache/archives/partial', 'debs', 'root']) await mkdir(path.join(draft, part), { recursive: true })
  const debs = path.join(draft, 'debs')
  const options = { cwd: debs, timeout: FETCH_TIMEOUT_MS }
  const ownFolders = ['-qq', '-o', `Dir::State=${draft}/state`, '-o', `Dir::Cache=${draft}/cache`, '-o', 'APT::Sandbox::User=', '-o', 'Acquire::Languages=none']
  try {
    await run(apt, [...ownFolders, 'update'], options)
    await run(apt, [...ownFolders, 'download', ...PACKAGES], options)
    for (const deb of await readdir(debs)) await run(dpkg, ['-x', deb, path.join(draft, 'root')], options)
    await symlink('redis-check-rdb', path.join(draft, 'root/usr/bin/redis-server'))
  } catch (err) {
    throw new RedisUnavailableError(`no redis-server on the PATH, and apt-get could not fetch one (${reasonOf(err)})`, { cause: err })
  }
  await rename(path.join(draft, 'root'), root)
  await rm(draft, { recursive: true, force: true })
}

function reasonOf (err: unknown): string {
  const { stderr, message } = err as Error & { stderr?: string }
  return (stderr?.trim().split('\n').at(-1) || message).slice(0, 200)
}

/** usr/lib holds one folder of the machine's triplet, such as x86_64-linux-gnu. */
async function programIn (root: string): Promise<RedisProgram> {
  const command = path.join(root, 'usr/bin/redis-server')
  if (!isExecutable(command)) throw new RedisUnavailableError(`${root} is damaged; remove it`)
  const libraries = path.join(root, 'usr/lib')
  const [triplet = '.'] = await readdir(libraries)
  return { command, libraryPath: path.join(libraries, triplet) }
}
