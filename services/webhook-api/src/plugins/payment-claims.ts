import fp from 'fastify-plugin'
import { blockingConnection } from '@karani/plugin-redis'
import { paymentsQueue, requestPaymentCheck, type PaymentClaim } from '@karani/queues'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyInstance {
    /** Asks that what is said of a payment be checked. Resolves once Redis has it. */
    checkPayment (claim: PaymentClaim): Promise<void>
  }
}

/** Adds `app.checkPayment`. */
async function paymentClaims (app: FastifyInstance, { redisUrl }: { redisUrl: string }): Promise<void> {
  const connection = blockingConnection(redisUrl, app.log)
  const payments = paymentsQueue(connection)
  app.decorate('checkPayment', async claim => await requestPaymentCheck(payments, claim))
  app.addHook('onClose', async () => {
    await payments.close()
    connection.disconnect()
  })
}

export default fp(paymentClaims, { name: 'payment-claims', fastify: '5.x' })
