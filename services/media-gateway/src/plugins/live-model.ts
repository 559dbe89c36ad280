import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { openGeminiSession, type LiveSession, type LiveSessionHandlers, type LiveSetup } from '@karani/live-model'

declare module 'fastify' { interface FastifyInstance { liveModel: { open (setup: LiveSetup | Promise<LiveSetup>, handlers: LiveSessionHandlers): LiveSession } } }

/** Adds `app.liveModel`, which opens sessions with the configured model. */
async function liveModel (app: FastifyInstance, options: { url: string, apiKey: string, model: string, connectTimeoutMs: number }): Promise<void> {
  app.decorate('liveModel', { open: (setup, handlers) => openGeminiSession({ ...options, setup }, handlers) })
}
export default fp(liveModel, { name: 'live-model', fastify: '5.x' })
