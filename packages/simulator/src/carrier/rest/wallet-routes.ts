import type { FastifyInstance } from 'fastify'
import type { CarrierSwitch } from '../carrier-switch.ts'
import { RestError } from './rest-error.ts'

/** The prepaid balance, on the path or paths that the behaviour has. */
export async function walletRoutes (app: FastifyInstance, { carrier }: { carrier: CarrierSwitch }): Promise<void> {
  const { walletPath } = carrier.behaviour
  const balance = (): object => {
    if (walletPath === 'none') throw new RestError(403, 'api_key.scope_denied', 'The key may not read the wallet.')
    return { balance_minor: carrier.walletMinor, currency: 'KES' }
  }
  if (walletPath !== '/v1/wallet/balance') app.get('/wallet', async () => balance())
  if (walletPath !== '/v1/wallet') app.get('/wallet/balance', async () => ({ workspace_id: carrier.workspaceId, ...balance(), low_balance_threshold_minor: 10_000 }))
}
