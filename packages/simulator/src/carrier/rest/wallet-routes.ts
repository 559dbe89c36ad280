import type { FastifyInstance } from 'fastify'
import type { CarrierSwitch } from '../carrier-switch.ts'

/** The prepaid balance, on the path or paths that the behaviour has. */
export async function walletRoutes (app: FastifyInstance, { carrier }: { carrier: CarrierSwitch }): Promise<void> {
  const { walletPath } = carrier.behaviour
  if (walletPath !== '/v1/wallet/balance') app.get('/wallet', async () => ({ balance_minor: carrier.walletMinor, currency: 'KES' }))
  if (walletPath !== '/v1/wallet') {
    app.get('/wallet/balance', async () => ({ workspace_id: carrier.workspaceId, balance_minor: carrier.walletMinor, currency: 'KES', low_balance_threshold_minor: 10_000 }))
  }
}
