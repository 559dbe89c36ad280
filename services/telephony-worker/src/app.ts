import health from '@karani/plugin-health'
import records from '@karani/plugin-records'
import redis from '@karani/plugin-redis'
import type { FastifyInstance } from 'fastify'
import callRecords from './plugins/call-records.ts'
import type { Config } from './config.ts'

/** What is done about calls while nobody is on the phone: finished ones are written to the records. */
export default async function telephonyWorker (app: FastifyInstance, config: Config): Promise<void> {
  await app.register(health)
  await app.register(redis, { url: config.REDIS_URL })
  await app.register(records, { url: config.DATABASE_URL })
  app.addReadinessCheck('redis', () => app.redis.ping())
  app.addReadinessCheck('records', () => app.records.ping())
  await app.register(callRecords, { redisUrl: config.REDIS_URL, drainTimeoutMs: config.DRAIN_TIMEOUT_MS })
}
