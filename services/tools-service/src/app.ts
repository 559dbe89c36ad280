import health from '@karani/plugin-health'
import records from '@karani/plugin-records'
import redis from '@karani/plugin-redis'
import { deliveryServiceOf, readLines } from '@karani/lines'
import type { FastifyInstance } from 'fastify'
import businessSystems, { systemsToTell } from './plugins/business-systems.ts'
import callClaims from './plugins/call-claims.ts'
import kitchen from './plugins/kitchen.ts'
import paymentChecks from './plugins/payment-checks.ts'
import paymentClaims from './plugins/payment-claims.ts'
import payments from './plugins/payments.ts'
import refusals from './plugins/refusals.ts'
import restaurant from './plugins/restaurant.ts'
import toolCallSeconds from './plugins/tool-call-seconds.ts'
import toolCalls from './routes/tool-calls.ts'
import { kitchenWebhookOf, mpesaOf, systemsOf, type Config } from './config.ts'

export type * from '@karani/plugin-records' // keeps app.records and app.redis visible to whoever imports the app
export type * from '@karani/plugin-redis'
export type * from './plugins/business-systems.ts'
export type * from './plugins/payments.ts'

export interface ToolsServiceOptions extends Config {
  /** The clock of this service: what day it is, what has expired. */
  readonly now?: () => Date
  /** See `KitchenOptions`. */
  readonly kitchenSweepMs?: number
}

/**
 * The model's only door to the business. Everything that a call may learn or change goes through here, under a token that
 * names the call; who the caller is, is decided here and nowhere else. Stateless: the records hold what is between requests.
 */
export default async function toolsService (app: FastifyInstance, { now = () => new Date(), kitchenSweepMs: sweepMs = 30_000, ...config }: ToolsServiceOptions): Promise<void> {
  const lines = readLines(config.LINES_FILE)
  const { timeZone, currency } = lines
  const systems = systemsOf(config)

  await app.register(health)
  await app.register(records, { url: config.DATABASE_URL, systemsToTell: systemsToTell(systems), onSystemEffect: () => app.businessSystems.tell() })
  app.addReadinessCheck('records', () => app.records.ping())
  await app.register(redis, { url: config.REDIS_URL }) // only for what can be told no: readiness does not depend on it
  await app.register(businessSystems, { systems, now })
  await app.register(kitchen, { redisUrl: config.REDIS_URL, webhook: kitchenWebhookOf(config), now, drainTimeoutMs: config.DRAIN_TIMEOUT_MS, sweepMs })
  await app.register(restaurant)
  await app.register(payments, { mpesa: mpesaOf(config), timeZone, now })
  await app.register(paymentClaims, { redisUrl: config.REDIS_URL })
  await app.register(paymentChecks)
  await app.register(refusals)
  await app.register(toolCallSeconds)
  await app.register(callClaims, { secret: config.CALL_TOKEN_SECRET, now })
  await app.register(toolCalls, { timeZone, currency, delivery: deliveryServiceOf(lines), now })
}
