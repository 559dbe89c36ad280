import { randomBytes } from 'node:crypto'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { orderLines, orderNumbers, orders } from '../schema/orders.ts'

/** A dish as it was read back. */
export interface OrderLine {
  readonly sku: string
  readonly name: string
  readonly modifiers: readonly string[]
  readonly quantity: number
  /** Of one, with its modifiers. */
  readonly unitPriceMinor: number
}

/** What is read back, and what a yes orders. */
export interface OrderTerms {
  readonly cartId: string
  /** Of the cart when it was read back. */
  readonly revision: string
  readonly lines: readonly OrderLine[]
  readonly totalMinor: number
  readonly currency: string
}

export interface NewOrder extends Omit<OrderTerms, 'revision'> {
  readonly orderNumber: number
  readonly proposalId: string
  readonly callId: string
  /** E.164; null when not known, and when withheld. */
  readonly line: string | null
  readonly phone: string | null
  readonly at: Date
  readonly ticket: string
}

export interface PlacedOrder extends Pick<NewOrder, 'orderNumber' | 'lines' | 'totalMinor' | 'currency'> { readonly orderId: string }

/** Orders of guests. Placing one belongs in a transaction. */
export class Orders {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** Whether this cart was ordered, and so is empty. */
  async hasCart (cartId: string): Promise<boolean> {
    return (await this.#db.select({ orderId: orders.orderId }).from(orders).where(eq(orders.cartId, cartId))).length > 0
  }

  /** Whoever works on a cart, and whoever orders it, wait for each other until their transactions end. */
  async lockCart (cartKey: string): Promise<void> {
    await this.#db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${cartKey}, 0))`)
  }

  async nextNumber (): Promise<number> {
    const { rows: [row] } = await this.#db.execute<{ number: string }>(sql`select nextval(${`business.${orderNumbers.seqName}`}::regclass) as number`)
    return Number(row!.number)
  }

  async place ({ at, lines, ...order }: NewOrder): Promise<PlacedOrder> {
    const orderId = `order-${randomBytes(8).toString('hex')}`
    await this.#db.insert(orders).values({ ...order, orderId, orderedAt: at, kitchen: 'pending' })
    await this.#db.insert(orderLines).values(lines.map(({ modifiers, ...line }, position) => ({ ...line, modifiers: [...modifiers], orderId, position })))
    const { orderNumber, totalMinor, currency } = order
    return { orderId, orderNumber, lines, totalMinor, currency }
  }
}

export interface KitchenOrder extends PlacedOrder {
  readonly orderedAt: Date
  readonly phone: string | null
  readonly ticket: string
}

const MAX_TO_TELL = 1_000

/** What the kitchen is still to be told. */
export class KitchenOutbox {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** Ids of orders, oldest first. */
  async pending (): Promise<string[]> {
    const rows = await this.#db.select({ orderId: orders.orderId }).from(orders)
      .where(eq(orders.kitchen, 'pending')).orderBy(asc(orders.orderedAt)).limit(MAX_TO_TELL)
    return rows.map(({ orderId }) => orderId)
  }

  /** Undefined when there is no such order, or nothing to tell of it any more. */
  async toTell (orderId: string): Promise<KitchenOrder | undefined> {
    const [order] = await this.#db.select().from(orders).where(and(eq(orders.orderId, orderId), eq(orders.kitchen, 'pending')))
    if (order === undefined) return undefined
    const lines = await this.#db.select().from(orderLines).where(eq(orderLines.orderId, orderId)).orderBy(asc(orderLines.position))
    return { ...order, lines: lines.map(({ sku, name, modifiers, quantity, unitPriceMinor }) => ({ sku, name, modifiers, quantity, unitPriceMinor })) }
  }

  /** What became of it, once. */
  async settle (orderId: string, kitchen: 'delivered' | 'stored' | 'failed', at: Date): Promise<void> {
    await this.#db.update(orders).set({ kitchen, kitchenAt: at }).where(and(eq(orders.orderId, orderId), eq(orders.kitchen, 'pending')))
  }
}
