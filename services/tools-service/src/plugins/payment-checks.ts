import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'
import { faultOf } from '../fault.ts'

const EVERY_MS = 1_000

/**
 * Looks, again and again, for payments whose outcome is due. The rows say when: a process that starts goes on where others
 * have stopped. Needs `app.payments`.
 */
async function paymentChecks (app: FastifyInstance): Promise<void> {
  const { payments } = app
  if (payments === null) return
  let checking: Promise<void> | null = null
  const timer = setInterval(() => {
    checking ??= payments.check()
      .catch((err: unknown) => app.log.warn({ fault: faultOf(err) }, 'payments could not be looked at'))
      .finally(() => { checking = null })
  }, EVERY_MS)
  app.addHook('preClose', async () => {
    clearInterval(timer)
    await checking
  })
}

export default fp(paymentChecks, { name: 'payment-checks', fastify: '5.x', dependencies: ['payments'] })
