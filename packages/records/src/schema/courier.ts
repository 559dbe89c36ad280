import { date, integer, text } from 'drizzle-orm/pg-core'
import { business } from './business.ts'

export const shipments = business.table('shipments', {
  trackingId: text().primaryKey(),
  trackingKey: text().notNull().generatedAlwaysAs(''),
  recipient: text().notNull(),
  recipientPhone: text().notNull(),
  address: text().notNull(),
  status: text().notNull(),
  etaMinutes: integer(),
  deliverOn: date().notNull()
})
