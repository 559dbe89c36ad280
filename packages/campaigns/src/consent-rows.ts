import type { Readable } from 'node:stream'
import { PURPOSES, type Purpose } from '@karani/calling-rules'
import { CONSENT_BASES, readInstant, type ConsentRow } from '@karani/records'
import { readPhoneNumber } from '@karani/sautikit'
import { MAX_SUBJECT_CHARS } from './campaign-rows.ts'
import { csvList, isUnprintable, textOf, type GivenRow } from './given-rows.ts'
import { badNumber, badValue, malformed, type RowFault } from './row-faults.ts'

/** Every column of a list of consents, and the longest text that each takes. */
const LONGEST = {
  phone: 32,
  purpose: 32,
  basis: 32,
  givenAt: 40,
  channel: 64,
  evidence: 500,
  wording: 2_000,
  language: 35,
  accountId: MAX_SUBJECT_CHARS,
  trackingId: MAX_SUBJECT_CHARS,
  expiresAt: 40,
  withdrawnAt: 40
}
type Column = keyof typeof LONGEST
export const CONSENT_COLUMNS = Object.keys(LONGEST) as readonly Column[]

/** The rows of a list of consents, from a CSV file. A column with an unknown name is a fault: it could be what limits a consent. */
export const consentRows = (file: Readable): AsyncGenerator<GivenRow> => csvList(file, { needed: ['phone', 'purpose'], known: CONSENT_COLUMNS })

/** A consent, its withdrawal, or both, as they are stored; or why they cannot be. */
export function readConsentRow (line: number, fields: Readonly<Record<string, unknown>>): ConsentRow | RowFault {
  const unknown = Object.keys(fields).find(name => !(name in LONGEST))
  if (unknown !== undefined) return malformed(line, `a consent has no ${unknown}; known are ${CONSENT_COLUMNS.join(', ')}`)
  const text = Object.fromEntries(CONSENT_COLUMNS.map(name => [name, textOf(fields[name])])) as Record<Column, string>
  const bad = CONSENT_COLUMNS.find(name => text[name].length > LONGEST[name] || isUnprintable(text[name]))
  if (bad !== undefined) return badValue(line, `${bad} is longer than ${LONGEST[bad]} characters, or has line breaks or control characters`)

  const phone = readPhoneNumber(text.phone)
  if (phone === null) return badNumber(line)
  const { purpose, basis, channel, evidence } = text
  if (!isOneOf(purpose, PURPOSES)) return badValue(line, `purpose is none of ${PURPOSES.join(', ')}`)
  const foreign = subjectColumns(purpose).other
  if (text[foreign] !== '') return badValue(line, `${foreign} does not go with ${purpose}; move it, or correct the purpose`)
  const subject = text[subjectColumns(purpose).own] || null

  const [givenAt, expiresAt, withdrawnAt] = [text.givenAt, text.expiresAt, text.withdrawnAt].map(instant => instant === '' ? null : readInstant(instant) ?? undefined)
  for (const [name, instant] of Object.entries({ givenAt, expiresAt, withdrawnAt })) {
    if (instant === undefined) return badValue(line, `${name} is no instant with its zone; write it as 2026-07-01T09:00:00+03:00`)
  }
  const times = { givenAt: iso(givenAt), expiresAt: iso(expiresAt), withdrawnAt: iso(withdrawnAt) }
  const rest = { line, phone, subject, purpose, wording: text.wording || null, language: text.language || null, channel: channel || null, evidence: evidence || null, ...times }
  if (!givenAt) return withdrawnAt ? { ...rest, basis: null } : badValue(line, 'givenAt is empty; say when the person agreed, or in withdrawnAt when they took it back')
  if (!isOneOf(basis, CONSENT_BASES)) return badValue(line, `basis is none of ${CONSENT_BASES.join(', ')}`)
  if (channel === '' || evidence === '') return { line, fault: 'no-evidence', message: 'channel and evidence say how the person agreed and where the proof of it is kept; fill in both' }
  if (expiresAt && expiresAt <= givenAt) return badValue(line, 'expiresAt is not after givenAt')
  if (withdrawnAt && withdrawnAt < givenAt) return badValue(line, 'withdrawnAt is before givenAt')
  return { ...rest, basis }
}

const subjectColumns = (purpose: Purpose): { own: Column, other: Column } => purpose === 'delivery'
  ? { own: 'trackingId', other: 'accountId' }
  : { own: 'accountId', other: 'trackingId' }

const isOneOf = <T extends string>(text: string, of: readonly T[]): text is T => (of as readonly string[]).includes(text)

const iso = (instant: Date | null | undefined): string | null => instant?.toISOString() ?? null
