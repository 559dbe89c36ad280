import { bigint, integer, jsonb, text } from 'drizzle-orm/pg-core'
import { business } from './business.ts'
import { instant } from './columns.ts'

export const systemEffects = business.table('system_effects', {
  effectId: text().primaryKey(),
  position: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  system: text({ enum: ['lending', 'courier'] }).notNull(),
  kind: text({ enum: ['promised', 'paid', 'moved'] }).notNull(),
  subject: text().notNull(),
  callId: text().notNull(),
  payload: jsonb().notNull(),
  createdAt: instant().notNull(),
  tries: integer().notNull().default(0),
  nextTryAt: instant().notNull(),
  state: text({ enum: ['pending', 'told', 'refused'] }).notNull().default('pending'),
  settledAt: instant()
})
