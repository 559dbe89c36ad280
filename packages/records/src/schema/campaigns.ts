import { bigint, boolean, date, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core'
import { PURPOSES, type DenyReason, type DialQuestion } from '@karani/calling-rules'
import { instant, minorUnits } from './columns.ts'
import { dialling } from './dialling.ts'

export const campaigns = dialling.table('campaigns', {
  campaignId: text().primaryKey(),
  name: text().notNull(),
  line: text().notNull(),
  purpose: text({ enum: PURPOSES }).notNull(),
  state: text({ enum: ['running', 'paused', 'cancelled'] }).notNull(),
  pausedBy: text({ enum: ['staff', 'wallet'] }),
  requestKey: text().unique(),
  requestHash: text(),
  createdAt: instant().notNull()
})

/** How a lead ended. Those from `no-answer` to `failed` may be tried again before they are final. */
export const LEAD_OUTCOMES = [
  'promised', 'paid', 'disputed', 'hardship', 'wrong-party', 'opted-out', 'callback', 'human', 'reached',
  'no-answer', 'busy', 'voicemail', 'failed', 'refused', 'cancelled', 'unknown'
] as const

export const leads = dialling.table('leads', {
  leadId: text().primaryKey(),
  campaignId: text().notNull(),
  position: integer().notNull(),
  phone: text().notNull(),
  subject: text().notNull(),
  state: text({ enum: ['waiting', 'dialling', 'done'] }).notNull(),
  dueAt: instant().notNull(),
  plannedAt: instant().notNull(),
  attempts: integer().notNull().default(0),
  reason: text().$type<DenyReason>(),
  outcome: text({ enum: LEAD_OUTCOMES }),
  doneAt: instant(),
  queuedAt: instant()
})

export const dialAttempts = dialling.table('dial_attempts', {
  attemptId: text().primaryKey(),
  leadId: text().notNull(),
  phone: text().notNull(),
  subject: text().notNull(),
  state: text({ enum: ['reserved', 'posting', 'posted', 'ended', 'unknown', 'withdrawn'] }).notNull(),
  slot: integer(),
  reservedAt: instant().notNull(),
  postingAt: instant(),
  postedAt: instant(),
  endedAt: instant(),
  checkedAt: instant(),
  carrierCallIds: text().array().notNull().default([]),
  outcome: text({ enum: LEAD_OUTCOMES }),
  conversation: boolean().notNull().default(false),
  costMinor: minorUnits(),
  currency: text()
})

export const decisions = dialling.table('decisions', {
  decisionId: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  leadId: text().notNull(),
  attemptId: text(),
  decidedAt: instant().notNull(),
  verdict: text({ enum: ['call-now', 'call-at', 'never'] }).notNull(),
  reason: text().$type<DenyReason>(),
  callAt: instant(),
  policyVersion: text().notNull(),
  question: jsonb().$type<DialQuestion>().notNull()
})

/** `contract`: claimed for a reminder of a loan that there is; `request`: of a delivery that was ordered. */
export const CONSENT_BASES = ['consent', 'contract', 'request'] as const

export const consents = dialling.table('consents', {
  consentId: text().primaryKey(),
  phone: text().notNull(),
  subject: text(),
  purpose: text({ enum: PURPOSES }).notNull(),
  basis: text({ enum: CONSENT_BASES }).notNull(),
  wording: text(),
  language: text(),
  channel: text(),
  evidence: text(),
  givenAt: instant().notNull(),
  expiresAt: instant(),
  withdrawnAt: instant()
})

export const callTimes = dialling.table('call_times', {
  callTimeId: text().primaryKey(),
  phone: text().notNull(),
  kind: text({ enum: ['callback', 'not-then'] }).notNull(),
  askedAt: instant().notNull(),
  startsAt: instant().notNull(),
  endsAt: instant().notNull(),
  callId: text()
})

export const closedDays = dialling.table('closed_days', {
  country: text().notNull(),
  day: date().notNull(),
  name: text().notNull()
}, table => [primaryKey({ columns: [table.country, table.day] })])

export const notices = dialling.table('notices', {
  subject: text().primaryKey(),
  sentAt: instant().notNull()
})

export const whereabouts = dialling.table('whereabouts', {
  phone: text().primaryKey(),
  country: text().notNull(),
  zone: text(),
  isConfirmed: boolean().notNull(),
  notedAt: instant().notNull()
})
