import { tmpdir } from 'node:os'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Child } from '../process/child.ts'
import { lockFolder } from '../process/folder-lock.ts'
import { freePort } from '../process/free-port.ts'
import { endLeftover } from '../process/leftover.ts'
import { findRedisProgram, redisEnv, type RedisProgramOptions } from './redis-program.ts'

const READY_TIMEOUT_MS = 10_000

export interface RedisOptions extends Omit<RedisProgramOptions, 'searchPath'> {
  /** Its folder, taken for as long as it runs. Without one it keeps nothing on disk. */
  dataDir?: string
  /** Keeps every write in `dataDir` (append-only file). Default false. */
  persistent?: boolean
  /** Of one that was killed, to stand where it stood. Default: any free one. */
  port?: number
}

/** A private Redis on a free loopback port. */
export interface RedisServer {
  url: string
  port: number
  pid: number
  /** Settles when it is gone, asked or not. */
  ended: Promise<string>
  stop (): Promise<void>
  /** Stands still, as a machine that swaps or a network that swallows: connections stay open, nothing answers. */
  freeze (): void
  thaw (): void
  /** Dies at once, without writing anything. */
  kill (): Promise<void>
}

/**
 * Starts a private Redis: ready in 10 to 30 ms when the program is there, 3 s when it has to be fetched first.
 * What a killed stack left running in `dataDir` is ended first.
 */
export async function startRedis ({ dataDir, persistent = false, port: chosenPort, ...options }: RedisOptions = {}): Promise<RedisServer> {
  const program = await findRedisProgram(options)
  const folder = path.resolve(dataDir ?? tmpdir())
  const lock = dataDir === undefined ? null : await lockFolder(folder)
  const pidFile = path.join(folder, 'redis.pid')
  if (lock !== null) await endLeftover(pidFile, folder, 'SIGTERM')
  const port = chosenPort ?? await freePort()
  const child = new Child({
    name: 'Redis',
    command: program.command,
    args: [
      '--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', persistent ? 'yes' : 'no',
      '--maxmemory-policy', 'noeviction', '--set-proc-title', 'no'
    ],
    env: redisEnv(program.libraryPath)
  })
  const stop = async () => {
    await child.stop()
    await lock?.release()
  }
  try {
    if (lock !== null) await writeFile(pidFile, `${child.pid}\n`, { mode: 0o600 })
    await child.saying(/ready to accept connections/i, READY_TIMEOUT_MS)
  } catch (err) {
    await stop()
    throw err
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: child.pid,
    ended: child.ended,
    stop,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    async kill () {
      child.kill('SIGKILL')
      await child.ended
      await lock?.release()
    }
  }
}
