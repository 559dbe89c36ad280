import { setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'
import { Counter } from '@karani/plugin-health'
import { blockingConnection } from '@karani/plugin-redis'
import { kitchenQueue, kitchenWorker, requestKitchen } from '@karani/queues'
import type { FastifyInstance } from 'fastify'
import { faultOf } from '../fault.ts'
import type { KitchenWebhook } from '../kitchen/kitchen-webhook.ts'
import { tellKitchen } from '../kitchen/tell-kitchen.ts'

declare module 'fastify' { interface FastifyInstance { kitchen: { request (orderId: string): void } } }

export interface KitchenOptions {
  readonly redisUrl: string
  readonly webhook: KitchenWebhook | null
  readonly now: () => Date
  /** How long jobs under way may take when the service is asked to close; what is cut is served again elsewhere. */
  readonly drainTimeoutMs: number
  /** How often the outbox is looked through: an order whose job was lost is found again by then. */
  readonly sweepMs: number
}

/** A till has 5 s to answer. */
const MAX_DRAIN_MS = 6_000

/**
 * Adds `app.kitchen`, and tells the kitchen of each order. Orders are an outbox, written with what was ordered: a job is only the wish to
 * look into it, put there when the order is written, and again for as long as the order waits.
 */
async function kitchen (app: FastifyInstance, { redisUrl, webhook, now, drainTimeoutMs, sweepMs }: KitchenOptions): Promise<void> {
  const tickets = new Counter({ name: 'karani_kitchen_tickets_total', help: 'Orders, by what became of telling the kitchen.', labelNames: ['outcome'], registers: [app.metrics] })
  const outbox = app.records.kitchenOutbox
  const tell = tellKitchen({ outbox, webhook, now })
  const connection = blockingConnection(redisUrl, app.log)
  const queue = kitchenQueue(connection)

  async function serve (orderId: string): Promise<void> {
    const told = await tell(orderId)
    if (told === null) return
    tickets.inc({ outcome: told })
    if (told === 'failed') app.log.error({ orderId }, 'the kitchen was not told of an order: bring the ticket')
    else app.log.info({ orderId, told }, 'order is with the kitchen')
  }

  const worker = kitchenWorker(connection, serve, error => {
    if (connection.status === 'ready') app.log.warn({ fault: faultOf(error) }, 'the queue of the kitchen has trouble')
  })
  worker.on('failed', (job, error) => {
    tickets.inc({ outcome: 'retried' })
    app.log.warn({ orderId: job?.data.orderId, attempt: job?.attemptsMade, fault: faultOf(error) }, 'kitchen not told yet')
  })

  const request = (orderId: string): void => {
    requestKitchen(queue, orderId).catch((error: unknown) => app.log.warn({ fault: faultOf(error) }, 'kitchen job not put'))
  }
  const sweep = (): void => {
    outbox.pending().then(orders => orders.forEach(request), (error: unknown) => app.log.warn({ fault: faultOf(error) }, 'kitchen outbox not read'))
  }
  const sweeper = setInterval(sweep, sweepMs).unref()

  app.decorate('kitchen', { request })
  app.addHook('onReady', async () => sweep())
  app.addHook('preClose', async () => {
    clearInterval(sweeper)
    await Promise.race([worker.pause(), wait(Math.min(drainTimeoutMs, MAX_DRAIN_MS), undefined, { ref: false })])
    await worker.close(true) // without Redis, the gentle way waits for ever
  })
  app.addHook('onClose', async () => connection.disconnect())
}

export default fp(kitchen, { name: 'kitchen', fastify: '5.x', dependencies: ['health', 'records'] })
