import { Redis } from 'ioredis'
import pg from 'pg'
import type { Settings } from '../stack/services.ts'
import { fault, good, note, type Finding } from './finding.ts'

const TIMEOUT_MS = 5_000
/** BullMQ's least recommended version. */
const REDIS_SINCE = [6, 2] as const

/** Asks the servers that are configured whether they are there and will do. */
export async function checkServers ({ REDIS_URL, DATABASE_URL }: Settings): Promise<Finding[]> {
  const findings = await Promise.all([REDIS_URL ? checkRedis(REDIS_URL) : [], DATABASE_URL ? checkPostgres(DATABASE_URL) : []])
  return findings.flat()
}

async function checkRedis (url: string): Promise<Finding[]> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: TIMEOUT_MS, commandTimeout: TIMEOUT_MS, retryStrategy: null })
  redis.on('error', () => {}) // it comes out of the command, too
  try {
    await redis.connect()
    const info = await redis.info()
    const [, version = '0'] = /redis_version:(\S+)/.exec(info) ?? []
    const [major = 0, minor = 0] = version.split('.').map(Number)
    const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1]
    if (major < REDIS_SINCE[0] || (major === REDIS_SINCE[0] && minor < REDIS_SINCE[1])) return [fault('Redis', `is version ${version}; the queues need ${REDIS_SINCE.join('.')} or newer`)]
    if (policy !== undefined && policy !== 'noeviction') return [fault('Redis', `may throw away what is queued (maxmemory-policy ${policy}); set it to noeviction`)]
    return [good('Redis', `answers, version ${version}`)]
  } catch (err) {
    return [fault('Redis', `does not answer (${reasonOf(err)}); is the server up, and REDIS_URL right?`)]
  } finally {
    redis.disconnect()
  }
}

async function checkPostgres (url: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows: [row] } = await client.query("select current_setting('server_version') as version, to_regclass('business.accounts') is not null as migrated")
    return [
      good('PostgreSQL', `answers, version ${row.version}`),
      row.migrated ? good('PostgreSQL', 'has the schema') : note('PostgreSQL', 'has no schema yet: npm run migrate makes it, npm run seed adds the demo records; npm start does both')
    ]
  } catch (err) {
    return [fault('PostgreSQL', `does not answer (${reasonOf(err)}); is the server up, and DATABASE_URL right?`)]
  } finally {
    await client.end().catch(() => {})
  }
}

/** A code, never a message: that may hold the URL. */
function reasonOf (err: unknown): string {
  const { code, name } = err as NodeJS.ErrnoException
  return code ?? name
}
