import { createHmac } from 'node:crypto'
import type { KitchenOrder } from '@karani/records'
import { lineTotalMinor } from '../menu/prices.ts'
import { KitchenRefusedError } from '../errors.ts'

export interface KitchenWebhook {
  readonly url: string
  readonly secret: string
}

const TIMEOUT_MS = 5_000

/**
 * Posts an order to the business's till: JSON, signed, with the order's id as `Idempotency-Key`, because it may come twice.
 * @throws KitchenRefusedError unless the answer is 2xx; what `fetch` throws, when none comes within 5 s
 */
export async function postOrder ({ url, secret }: KitchenWebhook, order: KitchenOrder, now: Date): Promise<void> {
  const body = JSON.stringify(kitchenTicket(order))
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': order.orderId, 'x-karani-signature': signature(body, secret, now) },
    body,
    redirect: 'manual', // it goes where the configuration says, and nowhere else
    signal: AbortSignal.timeout(TIMEOUT_MS)
  })
  await response.body?.cancel()
  if (!response.ok) throw new KitchenRefusedError(response.status)
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 of `<seconds>.<body>`. Whoever checks it refuses one that is minutes old. */
export function signature (body: string, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

/** What the till gets. Amounts are integers of minor units; `text` is the ticket as it is printed. */
export function kitchenTicket ({ orderId, orderNumber, orderedAt, phone, lines, totalMinor, currency, ticket }: KitchenOrder): object {
  return {
    orderId,
    orderNumber,
    orderedAt: orderedAt.toISOString(),
    phone,
    lines: lines.map(line => ({ ...line, totalMinor: lineTotalMinor(line) })),
    totalMinor,
    currency,
    text: ticket
  }
}
