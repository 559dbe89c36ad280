import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'
import { ModelPermits, type CallContext } from '@karani/call-context'

declare module 'fastify' {
  interface FastifyInstance {
    /** Notes that the call talks to a model, until what is returned is called. */
    holdPermit (context: CallContext): () => void
  }
}

/** A process that died keeps its permits for so long; one that lives renews them three times meanwhile. */
const LEASE_MS = 30_000
const RENEW_MS = 10_000

/**
 * Adds `app.holdPermit`: so that telephony-worker rings nobody whom no clerk could talk to. A call that we placed goes on with the permit
 * that it was placed under. No call waits for it or is refused for want of one, and while Redis is away none is noted.
 */
async function permits (app: FastifyInstance): Promise<void> {
  const permits = new ModelPermits(app.redis)
  const holders = new Set<string>()
  const hold = async (holder: string): Promise<void> => await permits.hold(holder, LEASE_MS).catch(() => {})
  const timer = setInterval(() => { for (const holder of holders) void hold(holder) }, RENEW_MS).unref()

  app.decorate('holdPermit', ({ callId, clientRequestId }) => {
    const holder = clientRequestId ?? callId
    holders.add(holder)
    void hold(holder)
    return () => {
      holders.delete(holder)
      permits.release(holder).catch(() => {}) // its lease runs out
    }
  })
  app.addHook('onClose', async () => clearInterval(timer))
}
export default fp(permits, { name: 'permits', fastify: '5.x', dependencies: ['redis'] })
