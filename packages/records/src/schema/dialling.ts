import { integer, jsonb, pgSchema, text, unique } from 'drizzle-orm/pg-core'
import type { CallLogEntry, FinishedCall } from '@karani/call-model'
import { instant, minorUnits } from './columns.ts'

/** What is true about calls and about who may be called. Described in `migrations/`; here is what the queries need. */
export const dialling = pgSchema('dialling')

/** In the order in which a call gets there; PostgreSQL compares them in this order too. */
export const callStatus = dialling.enum('call_status', ['unknown', 'ringing', 'answered', 'failed', 'completed'])

export const callRecords = dialling.table('call_records', {
  callId: text().primaryKey(),
  status: callStatus().notNull(),
  direction: text(),
  agent: text(),
  line: text(),
  caller: text(),
  startedAt: instant(),
  answeredAt: instant(),
  endedAt: instant(),
  durationMs: integer(),
  endedBy: text(),
  cause: text(),
  costMinor: minorUnits(),
  currency: text(),
  recordingUrl: text(),
  carrierRecordingId: text(),
  usage: jsonb().$type<FinishedCall['usage']>(),
  timeline: jsonb().$type<CallLogEntry[]>()
})

export const STOP_REASONS = ['opt-out', 'dispute', 'hardship', 'minor', 'wrong-party', 'promise', 'paid'] as const
export const STOP_SCOPES = ['reminders', 'calls', 'all'] as const

export const STOP_CHANNELS = ['sms', 'staff', 'api', 'other'] as const

export const stops = dialling.table('stops', {
  stopId: text().primaryKey(),
  phone: text(),
  accountId: text(),
  reason: text({ enum: STOP_REASONS }).notNull(),
  scope: text({ enum: STOP_SCOPES }).notNull(),
  callId: text(),
  callerTurn: integer(),
  channel: text({ enum: STOP_CHANNELS }),
  since: instant().notNull(),
  until: instant()
}, table => [unique().on(table.callId, table.reason)])
