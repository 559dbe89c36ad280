import health from '@karani/plugin-health'
import records from '@karani/plugin-records'
import { deliveryServiceOf, readLines } from '@karani/lines'
import type { FastifyInstance } from 'fastify'
import callClaims from './plugins/call-claims.ts'
import refusals from './plugins/refusals.ts'
import toolCallSeconds from './plugins/tool-call-seconds.ts'
import toolCalls from './routes/tool-calls.ts'
import type { Config } from './config.ts'

export type * from '@karani/plugin-records' // keeps app.records visible to whoever imports the app

export interface ToolsServiceOptions extends Config {
  /** The clock of this service: what day it is, what has expired. */
  readonly now?: () => Date
}

/**
 * The model's only door to the business. Everything that a call may learn or change goes through here, under a token that
 * names the call; who the caller is, is decided here and nowhere else. Stateless: the records hold what is between requests.
 */
export default async function toolsService (app: FastifyInstance, { now = () => new Date(), ...config }: ToolsServiceOptions): Promise<void> {
  const lines = readLines(config.LINES_FILE)
  const { timeZone, currency } = lines

  await app.register(health)
  await app.register(records, { url: config.DATABASE_URL })
  app.addReadinessCheck('records', () => app.records.ping())
  await app.register(refusals)
  await app.register(toolCallSeconds)
  await app.register(callClaims, { secret: config.CALL_TOKEN_SECRET, now })
  await app.register(toolCalls, { timeZone, currency, delivery: deliveryServiceOf(lines), now })
}
