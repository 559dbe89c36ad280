import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { Child } from '../process/child.ts'
import { lockFolder } from '../process/folder-lock.ts'
import { freePort } from '../process/free-port.ts'
import { endLeftover } from '../process/leftover.ts'
import { openCluster, USER } from './create-cluster.ts'
import { notRoot } from './not-root.ts'
import { findPostgresPrograms } from './postgres-programs.ts'

const READY_TIMEOUT_MS = 30_000
const DATABASE = 'karani'

/** One machine, a few connections: no parallel workers, no socket file, the operating system's cache does the rest. */
const SETTINGS = [
  'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC',
  'shared_buffers=32MB', 'io_method=sync', 'max_logical_replication_workers=0', 'jit=off'
]
/** For data that nobody will miss. */
const FORGETFUL = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

export interface PostgresOptions {
  /** Its folder, taken for as long as it runs. Without one the data goes to a temporary folder, removed at `stop`. */
  dataDir?: string
  /** Survives a crash of the machine. Default false: quicker, for tests. */
  persistent?: boolean
}

/** A private PostgreSQL on a free loopback port, with an empty database of its own and a password of its own. */
export interface PostgresServer {
  url: string
  port: number
  pid: number
  /** Settles when it is gone, asked or not. */
  ended: Promise<string>
  stop (): Promise<void>
}

/**
 * Starts a private PostgreSQL: 0.1 s, and 0.7 s more when its folder is new.
 * What a killed stack left running in `dataDir` is ended first.
 */
export async function startPostgres ({ dataDir, persistent = false }: PostgresOptions = {}): Promise<PostgresServer> {
  const programs = await findPostgresPrograms()
  const folder = dataDir === undefined ? await mkdtemp(path.join(tmpdir(), 'karani-postgres-')) : path.resolve(dataDir)
  const lock = await lockFolder(folder)
  let child: Child | undefined
  const stop = async () => {
    await child?.stop()
    await lock.release()
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true })
  }
  try {
    const runAs = notRoot(programs.postgres, path.dirname(folder))
    const cluster = await openCluster(folder, programs, runAs)
    await endLeftover(path.join(cluster.folder, 'postmaster.pid'), cluster.folder, 'SIGINT')
    const port = await freePort()
    const settings = persistent ? SETTINGS : [...SETTINGS, ...FORGETFUL]
    const [command, ...args] = [...runAs.prefix, programs.postgres, '-D', cluster.folder, '-p', String(port), ...settings.flatMap(setting => ['-c', setting])]
    child = new Child({
      name: 'PostgreSQL',
      command: command as string,
      args,
      stopSignal: 'SIGINT', // its fast shutdown: clients are cut, data is written
      logFile: path.join(folder, 'postgres.log'),
      ...(runAs.uid !== undefined && { uid: runAs.uid })
    })
    await child.saying(/ready to accept connections/, READY_TIMEOUT_MS)
    const url = (database: string) => `postgres://${USER}:${cluster.password}@127.0.0.1:${port}/${database}`
    await createDatabase(url('postgres'))
    return { url: url(DATABASE), port, pid: child.pid, ended: child.ended, stop }
  } catch (err) {
    await stop()
    throw err
  }
}

async function createDatabase (adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}
