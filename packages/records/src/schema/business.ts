import { bigint, boolean, date, integer, jsonb, pgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** What the business knows and what its callers ask for. Described in `migrations/`; here is what the queries need. */
export const business = pgSchema('business')

const minor = () => bigint({ mode: 'number' })
const instant = () => timestamp({ withTimezone: true, mode: 'date' })

export const accounts = business.table('accounts', {
  accountId: text().primaryKey(),
  accountKey: text().notNull().generatedAlwaysAs(''),
  borrower: text().notNull(),
  phone: text().notNull(),
  nationalIdLast4: text().notNull(),
  birthYear: integer().notNull(),
  balanceMinor: minor().notNull(),
  nextPaymentMinor: minor().notNull(),
  currency: text().notNull(),
  dueOn: date().notNull(),
  status: text().notNull(),
  language: text().notNull()
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

export const promiseProposals = business.table('promise_proposals', {
  proposalId: text().primaryKey(),
  position: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  callId: text().notNull(),
  accountId: text().notNull(),
  amountMinor: minor().notNull(),
  currency: text().notNull(),
  payBy: date().notNull(),
  callerTurn: integer().notNull(),
  proposedAt: instant().notNull(),
  expiresAt: instant().notNull()
})

export const promises = business.table('promises', {
  promiseId: text().primaryKey(),
  proposalId: text().notNull(),
  callId: text().notNull(),
  accountId: text().notNull(),
  amountMinor: minor().notNull(),
  currency: text().notNull(),
  payBy: date().notNull(),
  promisedAt: instant().notNull()
})

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

export const menuItems = business.table('menu_items', {
  sku: text().primaryKey(),
  position: integer().notNull(),
  name: text().notNull(),
  aliases: text().array().notNull(),
  modifiers: text().array().notNull(),
  priceMinor: minor().notNull(),
  currency: text().notNull(),
  available: boolean().notNull()
})

export const menuModifiers = business.table('menu_modifiers', {
  name: text().primaryKey(),
  priceMinor: minor().notNull()
})

export const knowledgeArticles = business.table('knowledge_articles', {
  articleId: text().primaryKey(),
  title: text().notNull(),
  keywords: text().notNull(),
  body: text().notNull()
})

export const callbacks = business.table('callbacks', {
  callbackId: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  callId: text().notNull().unique(),
  agent: text().notNull(),
  phone: text(),
  reason: text().notNull(),
  summary: text(),
  askedAt: instant().notNull(),
  doneAt: instant()
})

export const toolCalls = business.table('tool_calls', {
  callId: text().notNull(),
  id: text().notNull(),
  answer: jsonb()
}, table => [primaryKey({ columns: [table.callId, table.id] })])
