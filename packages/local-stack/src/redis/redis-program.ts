import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { RedisUnavailableError } from '../errors.ts'
import { onPath } from '../process/on-path.ts'
import { PROJECT_FOLDER } from '../project-folder.ts'
import { fetchDebianRedis } from './debian-redis.ts'

/** A Redis server that can be started, and the libraries it needs beside the system's. */
export interface RedisProgram { command: string, libraryPath?: string }

export interface RedisProgramOptions {
  /** Where a fetched server is kept. Default: `.cache` of this checkout. */
  cacheDir?: string
  searchPath?: string
  say?: (line: string) => void
}

/**
 * The first that works: a server on the PATH, Debian's own packages fetched into the project's cache.
 * @throws RedisUnavailableError with what to install
 */
export async function findRedisProgram ({ cacheDir = path.join(PROJECT_FOLDER, '.cache'), searchPath = process.env.PATH ?? '', say = () => {} }: RedisProgramOptions = {}): Promise<RedisProgram> {
  const installed = onPath(['redis-server', 'valkey-server'], searchPath)
  if (installed !== null && runs({ command: installed })) return { command: installed }
  const fetched = await fetchDebianRedis({ folder: path.join(cacheDir, 'redis'), searchPath, say })
  if (!runs(fetched)) throw new RedisUnavailableError('the server that Debian offers does not run on this machine')
  return fetched
}

function runs ({ command, libraryPath }: RedisProgram): boolean {
  return spawnSync(command, ['--version'], { env: redisEnv(libraryPath) }).status === 0
}

export function redisEnv (libraryPath: string | undefined): NodeJS.ProcessEnv {
  return libraryPath === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: libraryPath }
}
