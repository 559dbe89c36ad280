import { bigint, date, integer, primaryKey, text } from 'drizzle-orm/pg-core'
import { business } from './business.ts'
import { instant } from './columns.ts'

export const shipments = business.table('shipments', {
  trackingId: text().primaryKey(),
  trackingKey: text().notNull().generatedAlwaysAs(''),
  recipient: text().notNull(),
  recipientPhone: text().notNull(),
  address: text().notNull(),
  status: text().notNull(),
  etaMinutes: integer(),
  deliverOn: date().notNull(),
  copiedAt: instant(),
  goneSince: instant()
})

export const recipientChecks = business.table('recipient_checks', {
  checkId: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  callId: text().notNull(),
  trackingId: text(),
  outcome: text({ enum: ['passed', 'failed', 'refused'] }).notNull(),
  checkedAt: instant().notNull()
})

export const confirmedRecipients = business.table('confirmed_recipients', {
  callId: text().notNull(),
  trackingId: text().notNull(),
  confirmedAt: instant().notNull(),
  expiresAt: instant().notNull()
}, table => [primaryKey({ columns: [table.callId, table.trackingId] })])

export const deliveryChanges = business.table('delivery_changes', {
  changeId: text().primaryKey(),
  proposalId: text().notNull(),
  callId: text().notNull(),
  trackingId: text().notNull(),
  fromDay: date().notNull(),
  toDay: date().notNull(),
  fromAddress: text().notNull(),
  toAddress: text().notNull(),
  fromStatus: text().notNull(),
  toStatus: text().notNull(),
  changedAt: instant().notNull()
})
