import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPostgres, type PostgresServer } from '../postgres/postgres-server.ts'
import { lockFolder } from '../process/folder-lock.ts'
import { freePort } from '../process/free-port.ts'
import { startRedis, type RedisServer } from '../redis/redis-server.ts'
import { startNodeServer, type NodeServer } from './node-server.ts'
import { fixedPorts, freePorts } from './ports.ts'
import { secretsOf } from './secrets.ts'
import { needsDatabase, SERVICE_NAMES, settingsFor, type ServiceName, type Settings } from './services.ts'
import { simulatedIn, simulatorSettings, usableSecrets, wiring } from './settings.ts'
import { Shutdown } from './shutdown.ts'

export interface StackOptions {
  /** Default: all. */
  services?: ServiceName[]
  /** Settings that go before the stack's own; with REDIS_URL or DATABASE_URL no server of that kind is started. */
  env?: Settings
  /** Where everything is kept, taken for as long as the stack runs. Without one: a temporary folder, removed at `stop`. */
  dataDir?: string
  /** `fixed`: the well-known ports, for people. `free` (default): for tests, many at once. */
  ports?: 'fixed' | 'free'
  /** Starts the simulator, unless `env` has the keys of both carrier and model. Default false: tests bring their own. */
  simulators?: boolean
  /** From TypeScript as it is, or as `npm run build` left it. Default: what KARANI_RUN says, else as this file itself runs. */
  run?: 'source' | 'dist'
  /** The instant that it is to be for the rules of calling; from then on it goes on. Only for a database of the stack's own. Default: the true one. */
  decidingAt?: Date | undefined
  /** Told what is going on, a line at a time. */
  say?: (line: string) => void
}

export interface Stack {
  dataDir: string
  /** Every setting in use, secrets among them; REDIS_URL and DATABASE_URL too. */
  settings: Settings
  /** Null when REDIS_URL was given. */
  redis: RedisServer | null
  /** Null when DATABASE_URL was given. */
  postgres: PostgresServer | null
  /** Null when it was not asked for, or has nothing to play. */
  simulator: NodeServer | null
  /** Those that were asked for. */
  services: Readonly<Record<ServiceName, NodeServer>>
  /** Starts one more process of a service, or one again on its old port; it stops with the stack. */
  start (service: ServiceName, options?: { port?: number, env?: Settings }): Promise<NodeServer>
  /** Ends everything, in order: services, simulator, PostgreSQL, Redis. */
  stop (): Promise<void>
}

/** Where calls arrive is closed before where their business is finished. */
const STAGE = { 'webhook-api': 'front', 'media-gateway': 'front', 'tools-service': 'business', 'telephony-worker': 'business' } as const

/**
 * Brings up Redis, PostgreSQL (migrated, with the demo records) and the services, each as soon as what it needs is there.
 * When one part fails, what had started is stopped, and that part's own error is thrown.
 */
export async function startStack (options: StackOptions = {}): Promise<Stack> {
  const shutdown = new Shutdown()
  try {
    return await bringUp(options, shutdown)
  } catch (err) {
    await shutdown.run()
    throw err
  }
}

async function bringUp (options: StackOptions, shutdown: Shutdown): Promise<Stack> {
  const { services = SERVICE_NAMES, env = {}, simulators = false, run = asWeRun(), say = () => {} } = options
  const dataDir = await takeFolder(options.dataDir, shutdown)
  const persistent = options.dataDir !== undefined
  const simulated = simulators ? simulatedIn(env) : { carrier: true, model: true, mpesa: true }
  const simulate = simulators && (simulated.carrier || simulated.model)
  const ports = options.ports === 'fixed' ? await fixedPorts(env, simulate ? [...services, 'simulator', 'gemini-simulator', 'daraja-simulator'] : services) : await freePorts()
  const settings: Record<string, string> = { ...wiring(ports, simulated), ...usableSecrets(await secretsOf(dataDir), simulated, env), ...env }

  const redis = timed(say, 'Redis', async () => {
    if (env.REDIS_URL !== undefined) return null
    const server = await startRedis({ dataDir: path.join(dataDir, 'redis'), persistent, say })
    shutdown.add('redis', server.stop)
    settings.REDIS_URL = server.url
    return server
  })
  const postgres = timed(say, 'PostgreSQL, with the demo records', async () => {
    const server = env.DATABASE_URL === undefined ? await startPostgres({ dataDir: path.join(dataDir, 'postgres'), persistent }) : null
    if (server !== null) shutdown.add('postgres', server.stop)
    settings.DATABASE_URL ??= server?.url ?? ''
    const { migrate, seed, setDecidingClock } = await import('@karani/records')
    await migrate(settings.DATABASE_URL)
    await seed(settings.DATABASE_URL, new Date())
    if (server !== null) await setDecidingClock(settings.DATABASE_URL, (options.decidingAt?.getTime() ?? Date.now()) - Date.now())
    return server
  })
  const simulator = simulate
    ? timed(say, 'simulator', async () => {
      const server = await startNodeServer({
        name: 'simulator',
        folder: 'packages/simulator',
        run,
        port: ports.simulator,
        env: simulatorSettings(ports, settings, dataDir),
        logFile: path.join(dataDir, 'logs/simulator.log'),
        readyPath: '/simulator/scenarios'
      })
      shutdown.add('simulator', server.stop)
      return server
    })
    : Promise.resolve(null)

  const start = async (service: ServiceName, { port, env = {} }: { port?: number, env?: Settings } = {}): Promise<NodeServer> => {
    port ??= await freePort()
    const server = await startNodeServer({
      name: service,
      folder: `services/${service}`,
      run,
      port,
      env: { ...settingsFor(service, { ...settings, ...env }), PORT: String(port) },
      logFile: path.join(dataDir, `logs/${service}-${port}.log`),
      readyPath: '/readyz'
    })
    shutdown.add(STAGE[service], server.stop)
    return server
  }
  const started = services.map(async service => {
    await redis
    if (needsDatabase(service, settings)) await postgres
    return await timed(say, service, () => start(service, { port: ports[service] }))
  })

  const [redisServer, postgresServer, simulatorServer, ...servers] = await everyOne([redis, postgres, simulator, ...started])
  return {
    dataDir,
    settings,
    redis: redisServer,
    postgres: postgresServer,
    simulator: simulatorServer,
    services: Object.fromEntries(servers.map((server, i) => [services[i], server])) as Record<ServiceName, NodeServer>,
    start,
    stop: () => shutdown.run()
  }
}

function asWeRun (): 'source' | 'dist' {
  return process.env.KARANI_RUN === 'dist' || import.meta.url.endsWith('.js') ? 'dist' : 'source'
}

async function takeFolder (chosen: string | undefined, shutdown: Shutdown): Promise<string> {
  const dataDir = chosen === undefined ? await mkdtemp(path.join(tmpdir(), 'karani-')) : path.resolve(chosen)
  await mkdir(dataDir, { recursive: true })
  await chmod(dataDir, 0o711) // PostgreSQL may have to pass as another user; what is inside is private one by one
  const lock = await lockFolder(dataDir)
  shutdown.add('folder', async () => {
    await lock.release()
    if (chosen === undefined) await rm(dataDir, { recursive: true, force: true })
  })
  for (const part of ['logs', 'calls']) await mkdir(path.join(dataDir, part), { recursive: true, mode: 0o700 })
  return dataDir
}

async function timed<T> (say: (line: string) => void, name: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const result = await work()
  say(`${name} ready in ${((performance.now() - startedAt) / 1000).toFixed(2)} s`)
  return result
}

/** Like Promise.all, but waits until each has settled, so that a failure leaves none half started. */
async function everyOne<T extends readonly unknown[]> (work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work)
  return await Promise.all(work) as { -readonly [K in keyof T]: Awaited<T[K]> }
}
