import health from '@karani/plugin-health'
import records from '@karani/plugin-records'
import redis from '@karani/plugin-redis'
import type { FastifyInstance } from 'fastify'
import callRecords from './plugins/call-records.ts'
import dialling from './plugins/dialling.ts'
import { lendingOf, type Config } from './config.ts'

export type * from './plugins/dialling.ts' // keeps app.reconciler visible to whoever imports the app

/** What is done about calls while nobody is on the phone: those of campaigns are placed, finished ones are written to the records. */
export default async function telephonyWorker (app: FastifyInstance, config: Config): Promise<void> {
  await app.register(health)
  await app.register(redis, { url: config.REDIS_URL })
  await app.register(records, { url: config.DATABASE_URL })
  app.addReadinessCheck('redis', () => app.redis.ping())
  app.addReadinessCheck('records', () => app.records.ping())
  if (config.SAUTIKIT_API_KEY !== undefined && config.PUBLIC_URL !== undefined) {
    await app.register(dialling, {
      redisUrl: config.REDIS_URL,
      linesFile: config.LINES_FILE,
      sautikit: { url: config.SAUTIKIT_API_URL, apiKey: config.SAUTIKIT_API_KEY },
      lending: lendingOf(config),
      publicUrl: config.PUBLIC_URL,
      webhookTokens: config.WEBHOOK_TOKENS,
      callsPerSecond: config.CALLS_PER_SECOND,
      maxCalls: config.MAX_OUTBOUND_CALLS,
      circuitOpenMs: config.CIRCUIT_OPEN_MS,
      walletReserveMinor: config.WALLET_RESERVE_MINOR,
      longestCallMs: config.MAX_CALL_MS,
      modelSessions: config.MODEL_SESSIONS,
      inboundReserve: config.INBOUND_RESERVE,
      drainTimeoutMs: config.DRAIN_TIMEOUT_MS
    })
  }
  await app.register(callRecords, { redisUrl: config.REDIS_URL, drainTimeoutMs: config.DRAIN_TIMEOUT_MS })
}
