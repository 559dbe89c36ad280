import fp from 'fastify-plugin'
import { enqueueCampaign, remindersQueue, requestDials } from '@karani/campaigns'
import { commandConnection } from '@karani/plugin-redis'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyInstance {
    /** Tells the queue of leads that are due, after the answer and at most once: where Redis is away a worker does it within a minute. */
    readonly dialWishes: { ofCampaign (campaignId: string): void, ofLead (leadId: string): void }
  }
}

const COMMAND_TIMEOUT_MS = 2_000

/** Adds `app.dialWishes`. */
async function dialWishes (app: FastifyInstance, { redisUrl }: { redisUrl: string }): Promise<void> {
  const redis = commandConnection(redisUrl, COMMAND_TIMEOUT_MS, app.log)
  const queue = remindersQueue(redis)
  const tell = (work: () => Promise<unknown>): void => {
    if (redis.status !== 'ready') return // nothing gathers here
    work().catch((err: Error & { code?: string }) => app.log.warn({ code: err.code ?? err.name }, 'the queue was not told; a worker will'))
  }
  app.decorate('dialWishes', {
    ofCampaign: campaignId => tell(() => enqueueCampaign(app.records, queue, campaignId)),
    ofLead: leadId => tell(() => requestDials(queue, [{ leadId, attempts: 0 }]))
  })
  app.addHook('onClose', async () => {
    redis.disconnect()
    await queue.close()
  })
}

export default fp(dialWishes, { name: 'dial-wishes', fastify: '5.x', dependencies: ['records'] })
