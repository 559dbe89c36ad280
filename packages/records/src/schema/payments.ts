import { bigint, integer, text } from 'drizzle-orm/pg-core'
import { business } from './business.ts'
import { instant, minorUnits } from './columns.ts'

export const PAYMENT_STATES = ['created', 'pushing', 'pushed', 'unknown', 'paid', 'failed'] as const

export const paymentIntents = business.table('payment_intents', {
  intentId: text().primaryKey(),
  proposalId: text().notNull().unique(),
  callId: text().notNull(),
  accountId: text().notNull(),
  amountMinor: minorUnits().notNull(),
  currency: text().notNull(),
  state: text({ enum: PAYMENT_STATES }).notNull(),
  failure: text(),
  checkoutRequestId: text().unique(),
  receipt: text().unique(),
  createdAt: instant().notNull(),
  pushingAt: instant(),
  settledAt: instant(),
  checks: integer().notNull().default(0),
  nextCheckAt: instant(),
  untoldSince: instant()
})

export const ledgerTransactions = business.table('ledger_transactions', {
  transactionId: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  intentId: text().notNull().unique(),
  bookedAt: instant().notNull()
})

export const ledgerEntries = business.table('ledger_entries', {
  entryId: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  transactionId: bigint({ mode: 'number' }).notNull(),
  ledger: text({ enum: ['mpesa', 'loan', 'overpaid'] }).notNull(),
  accountId: text().notNull(),
  amountMinor: minorUnits().notNull(),
  currency: text().notNull()
})
