import type { KitchenOrder, Records } from '@karani/records'
import { postOrder, type KitchenWebhook } from './kitchen-webhook.ts'

export type Told = 'delivered' | 'stored' | 'failed'

export interface TellKitchenDeps {
  readonly outbox: Records['kitchenOutbox']
  /** Null where no till is to be told. */
  readonly webhook: KitchenWebhook | null
  readonly now: () => Date
}

/** Nobody cooks an order that the guest has given up. */
const TOO_LATE_MS = 30 * 60_000

/**
 * Tells the kitchen of an order, and notes what became of it; null when there is nothing to tell any more. Rejects when the till
 * has not taken it: to be tried again. Past half an hour the order has failed.
 */
export function tellKitchen ({ outbox, webhook, now }: TellKitchenDeps) {
  return async function tell (orderId: string): Promise<Told | null> {
    const order = await outbox.toTell(orderId)
    if (order === undefined) return null
    const told = await attempt(order)
    await outbox.settle(orderId, told, now())
    return told
  }

  async function attempt (order: KitchenOrder): Promise<Told> {
    if (webhook === null) return 'stored'
    if (now().getTime() - order.orderedAt.getTime() > TOO_LATE_MS) return 'failed'
    await postOrder(webhook, order, now())
    return 'delivered'
  }
}
