import { bigint, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core'
import { business } from './business.ts'
import { instant } from './columns.ts'

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

export const proposals = business.table('proposals', {
  proposalId: text().primaryKey(),
  position: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  callId: text().notNull(),
  tool: text().notNull(),
  subject: text().notNull(),
  terms: jsonb().notNull(),
  callerTurn: integer().notNull(),
  proposedAt: instant().notNull(),
  expiresAt: instant().notNull(),
  result: jsonb()
})

export const toolCalls = business.table('tool_calls', {
  callId: text().notNull(),
  id: text().notNull(),
  answer: jsonb()
}, table => [primaryKey({ columns: [table.callId, table.id] })])
