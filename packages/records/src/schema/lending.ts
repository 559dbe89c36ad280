import { bigint, date, integer, text } from 'drizzle-orm/pg-core'
import { business } from './business.ts'
import { instant, minorUnits } from './columns.ts'

export const accounts = business.table('accounts', {
  accountId: text().primaryKey(),
  accountKey: text().notNull().generatedAlwaysAs(''),
  borrower: text().notNull(),
  phone: text().notNull(),
  nationalIdLast4: text().notNull(),
  birthYear: integer().notNull(),
  balanceMinor: minorUnits().notNull(),
  nextPaymentMinor: minorUnits().notNull(),
  currency: text().notNull(),
  dueOn: date().notNull(),
  status: text().notNull(),
  language: text().notNull(),
  copiedAt: instant(),
  goneSince: instant()
})

export const verificationAttempts = business.table('verification_attempts', {
  attemptId: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  callId: text().notNull(),
  accountId: text(),
  outcome: text({ enum: ['passed', 'failed', 'refused'] }).notNull(),
  attemptedAt: instant().notNull()
})

export const verifiedCalls = business.table('verified_calls', {
  callId: text().primaryKey(),
  accountId: text().notNull(),
  verifiedAt: instant().notNull(),
  expiresAt: instant().notNull()
})

export const promises = business.table('promises', {
  promiseId: text().primaryKey(),
  proposalId: text().notNull(),
  callId: text().notNull(),
  accountId: text().notNull(),
  amountMinor: minorUnits().notNull(),
  currency: text().notNull(),
  payBy: date().notNull(),
  promisedAt: instant().notNull()
})
