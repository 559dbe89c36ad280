import Fastify, { type FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Test } from 'tap'
import { startPostgres, startRedis, type RedisServer } from '@karani/local-stack'
import { migrate } from '@karani/records'
import telephonyWorker from '../src/app.ts'
import { readConfig } from '../src/config.ts'

export interface Stores { redis: Redis, redisServer: RedisServer, db: pg.Client, databaseUrl: string }

/** A Redis and a migrated PostgreSQL of this test's own. */
export async function stores (t: Test): Promise<Stores> {
  const [redisServer, postgres] = await Promise.all([startRedis(), startPostgres()])
  await migrate(postgres.url)
  const redis = new Redis(redisServer.url, { maxRetriesPerRequest: null })
  redis.on('error', () => {}) // tests take it away
  const db = new pg.Client({ connectionString: postgres.url })
  await db.connect()
  t.teardown(async () => {
    redis.disconnect()
    await db.end()
    await Promise.all([redisServer.stop(), postgres.stop()])
  })
  return { redis, redisServer, db, databaseUrl: postgres.url }
}

/** A worker that closes with the test. */
export async function build (t: Test, { redisServer, databaseUrl }: Stores, env: Record<string, string> = {}): Promise<FastifyInstance> {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(fp(telephonyWorker), readConfig({ REDIS_URL: redisServer.url, DATABASE_URL: databaseUrl, ...env }))
  await app.ready()
  return app
}
