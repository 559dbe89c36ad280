import fp from 'fastify-plugin'
import { Counter } from '@karani/plugin-health'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' { interface FastifyInstance { counters: Counters } }

export type DocumentKind = 'stream' | 'empty' | 'hand-off' | 'fallback' | 'apology' | 'not-in-service'

export interface Counters {
  readonly documents: Counter<'kind'>
  readonly refusals: Counter<'code'>
  readonly fallbacks: Counter<'cause'>
  readonly corruptValues: Counter<'what'>
  readonly lateEvents: Counter
  readonly paymentClaims: Counter<'state'>
}

/** Adds `app.counters`, what this service counts for `/metrics`. */
async function counters (app: FastifyInstance): Promise<void> {
  const registers = [app.metrics]
  app.decorate('counters', {
    documents: new Counter({ name: 'karani_voice_documents_total', help: 'Documents that told the carrier what to do with a call.', labelNames: ['kind'], registers }),
    refusals: new Counter({ name: 'karani_webhook_refusals_total', help: 'Requests that were refused.', labelNames: ['code'], registers }),
    fallbacks: new Counter({ name: 'karani_voice_fallbacks_total', help: 'Calls answered without Redis, because it was slow or failed.', labelNames: ['cause'], registers }),
    corruptValues: new Counter({ name: 'karani_corrupt_values_total', help: 'Values in Redis that did not fit their schema and were ignored.', labelNames: ['what'], registers }),
    lateEvents: new Counter({ name: 'karani_late_events_total', help: 'Events with a genuine signature that was older than five minutes.', registers }),
    paymentClaims: new Counter({ name: 'karani_payment_claims_total', help: 'Callbacks of M-Pesa that were passed on to be checked, by what they say.', labelNames: ['state'], registers })
  })
}

export default fp(counters, { name: 'counters', fastify: '5.x', dependencies: ['health'] })
