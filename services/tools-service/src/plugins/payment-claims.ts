import { setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'
import { blockingConnection } from '@karani/plugin-redis'
import { paymentsWorker } from '@karani/queues'
import type { FastifyInstance } from 'fastify'
import { faultOf } from '../fault.ts'

const MAX_DRAIN_MS = 5_000

/** Serves the queue of what callbacks say. A claim that cannot be decided now is looked at again later. Needs `app.payments`. */
async function paymentClaims (app: FastifyInstance, { redisUrl }: { redisUrl: string }): Promise<void> {
  const { payments } = app
  if (payments === null) return
  const connection = blockingConnection(redisUrl, app.log)
  const worker = paymentsWorker(connection, async claim => await payments.claimed(claim, claim.intentId), error => {
    if (connection.status === 'ready') app.log.warn({ fault: faultOf(error) }, 'the queue of payment claims has trouble')
  })
  worker.on('failed', (job, error) => app.log.warn({ attempt: job?.attemptsMade, fault: faultOf(error) }, 'a payment claim is not decided'))
  app.addHook('preClose', async () => {
    await Promise.race([worker.pause(), wait(MAX_DRAIN_MS, undefined, { ref: false })])
    await worker.close(true) // without Redis, the gentle way waits for ever
  })
  app.addHook('onClose', async () => connection.disconnect())
}

export default fp(paymentClaims, { name: 'payment-claims', fastify: '5.x', dependencies: ['payments'] })
