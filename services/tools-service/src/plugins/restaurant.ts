import fp from 'fastify-plugin'
import { CallContexts, Carts } from '@karani/call-context'
import { Counter } from '@karani/plugin-health'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' { interface FastifyInstance { restaurant: Restaurant } }

/** What the tools of the restaurant need besides the records. */
export interface Restaurant {
  readonly carts: Carts
  readonly contexts: CallContexts
  /** Asks that the kitchen be told of an order that is written. May be lost: the order waits in the outbox. */
  tellKitchen (orderId: string): void
}

/** Adds `app.restaurant`. Without Redis its orders are not to be had; the other agents do not notice. */
async function restaurant (app: FastifyInstance): Promise<void> {
  const corruptValues = new Counter({ name: 'karani_corrupt_values_total', help: 'Values in Redis that did not fit their schema and were ignored.', labelNames: ['what'], registers: [app.metrics] })
  const onCorrupt = (what: string): void => corruptValues.inc({ what })
  app.decorate('restaurant', {
    carts: new Carts(app.redis, onCorrupt),
    contexts: new CallContexts(app.redis, onCorrupt),
    tellKitchen: orderId => app.kitchen.request(orderId)
  })
}

export default fp(restaurant, { name: 'restaurant', fastify: '5.x', dependencies: ['health', 'redis', 'kitchen'] })
