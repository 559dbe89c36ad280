import { bigint, integer, primaryKey, text } from 'drizzle-orm/pg-core'
import { business } from './business.ts'
import { instant, minorUnits } from './columns.ts'

export const orderNumbers = business.sequence('order_numbers')

export const orders = business.table('orders', {
  orderId: text().primaryKey(),
  orderNumber: bigint({ mode: 'number' }).notNull(),
  proposalId: text().notNull(),
  cartId: text().notNull(),
  callId: text().notNull(),
  line: text(),
  phone: text(),
  totalMinor: minorUnits().notNull(),
  currency: text().notNull(),
  orderedAt: instant().notNull(),
  ticket: text().notNull(),
  kitchen: text({ enum: ['pending', 'delivered', 'stored', 'failed'] }).notNull(),
  kitchenAt: instant()
})

export const orderLines = business.table('order_lines', {
  orderId: text().notNull(),
  position: integer().notNull(),
  sku: text().notNull(),
  name: text().notNull(),
  modifiers: text().array().notNull(),
  quantity: integer().notNull(),
  unitPriceMinor: minorUnits().notNull()
}, table => [primaryKey({ columns: [table.orderId, table.position] })])
