import fp from 'fastify-plugin'
import { CallNewsStream } from '@karani/call-context'
import { Daraja } from '@karani/mpesa'
import { Counter } from '@karani/plugin-health'
import type { FastifyInstance } from 'fastify'
import type { MpesaConfig } from '../config.ts'
import { faultOf } from '../fault.ts'
import { Payments } from '../payments/payments.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Null without access to M-Pesa. */
    payments: Payments | null
  }
}

export interface PaymentsOptions { readonly mpesa: MpesaConfig | null, readonly timeZone: string, readonly now: () => Date }

/** Adds `app.payments`. On close, requests that have begun are brought to their end. Needs `app.records` and `app.redis`. */
async function payments (app: FastifyInstance, { mpesa, timeZone, now }: PaymentsOptions): Promise<void> {
  const events = new Counter({ name: 'karani_payments_total', help: 'What happened to payments, and to claims about them.', labelNames: ['event'], registers: [app.metrics] })
  const news = new CallNewsStream(app.redis)
  if (mpesa === null) {
    app.decorate('payments', null)
    return
  }
  const { callbackUrl, maxAmount, ...daraja } = mpesa
  const payments = new Payments({
    records: app.records,
    daraja: new Daraja({ ...daraja, now }),
    callbackUrl: intentId => `${callbackUrl}/${intentId}`,
    publish: async item => await news.publish(item),
    count: event => events.inc({ event }),
    fault: (intentId, err) => app.log.warn({ intentId, fault: faultOf(err), reason: (err as { reason?: string }).reason }, 'a payment has trouble'),
    now,
    timeZone,
    maxAmount
  })
  app.decorate('payments', payments)
  app.addHook('onClose', async () => await payments.sent())
}

export default fp(payments, { name: 'payments', fastify: '5.x', dependencies: ['health', 'records', 'redis'] })
