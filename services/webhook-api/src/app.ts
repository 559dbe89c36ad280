import health from '@karani/plugin-health'
import redis from '@karani/plugin-redis'
import { readLines } from '@karani/lines'
import type { FastifyInstance } from 'fastify'
import campaignApi from './campaigns/campaign-api.ts'
import { CallbackSeal } from './callback-seal.ts'
import { readStaff } from './plain-documents.ts'
import callState from './plugins/call-state.ts'
import carrier from './plugins/carrier.ts'
import counters from './plugins/counters.ts'
import paymentClaims from './plugins/payment-claims.ts'
import rawBody from './plugins/raw-body.ts'
import refusals from './plugins/refusals.ts'
import events from './routes/events.ts'
import handOff from './routes/hand-off.ts'
import mpesaCallback from './routes/mpesa-callback.ts'
import streamStatus from './routes/stream-status.ts'
import voice from './routes/voice.ts'
import { REDIS_BUDGET_MS } from './within.ts'
import type { Config } from './config.ts'

export type * from './plugins/call-state.ts' // keeps app.callState visible to whoever imports the app

/**
 * The carrier's webhooks in, voice documents out. What is known of a call is in Redis, so that any replica can serve its
 * next request. A call is answered without Redis too: it is no part of being ready.
 */
export default async function webhookApi (app: FastifyInstance, config: Config): Promise<void> {
  const lines = readLines(config.LINES_FILE)
  const staff = readStaff(lines)
  const { SAUTIKIT_SIGNING_SECRETS: signingSecrets, WEBHOOK_TOKENS: tokens, PUBLIC_URL: publicUrl, MEDIA_URL: mediaUrl } = config
  const seal = new CallbackSeal([...signingSecrets, ...tokens])

  await app.register(health)
  await app.register(counters)
  await app.register(refusals)
  await app.register(redis, { url: config.REDIS_URL, commandTimeoutMs: REDIS_BUDGET_MS })
  await app.register(callState, { redisUrl: config.REDIS_URL })
  await app.register(rawBody)
  await app.register(carrier, { signingSecrets, tokens, allowUnsigned: config.ALLOW_UNSIGNED_WEBHOOKS })
  await app.register(voice, { lines, staff, seal, publicUrl, mediaUrl })
  await app.register(handOff, { lines, staff, seal })
  await app.register(streamStatus, { seal })
  await app.register(events)
  if (config.API_TOKENS.length > 0 && config.DATABASE_URL !== undefined) {
    await app.register(campaignApi, { lines, databaseUrl: config.DATABASE_URL, redisUrl: config.REDIS_URL, tokens: config.API_TOKENS })
  }
  if (config.MPESA_CALLBACK_SECRET !== undefined) {
    await app.register(paymentClaims, { redisUrl: config.REDIS_URL })
    await app.register(mpesaCallback, { secret: config.MPESA_CALLBACK_SECRET })
  }
}
