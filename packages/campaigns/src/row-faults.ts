import type { ConsentFault, ImportFault, SubjectKind } from '@karani/records'

/** Why a row cannot be taken. `line` is that of the file, the heading being line 1; of a list without a heading it is the place from 1. */
export interface RowFault {
  readonly line: number
  readonly fault: ImportFault['fault'] | ConsentFault['fault'] | 'malformed' | 'bad-number' | 'no-subject' | 'bad-value' | 'no-evidence'
  /** What is wrong and what to do; names no number and nobody. */
  readonly message: string
}

const SUBJECT = { account: 'accountId', parcel: 'trackingId' } as const satisfies Record<SubjectKind, string>

/** The column that names what a call is about. */
export const subjectColumn = (kind: SubjectKind): 'accountId' | 'trackingId' => SUBJECT[kind]

export const malformed = (line: number, what: string): RowFault => ({ line, fault: 'malformed', message: what })

export const NO_ROWS = malformed(1, 'there are no rows')

export const badNumber = (line: number): RowFault => (
  { line, fault: 'bad-number', message: 'phone is no telephone number; write it with its country, such as +254712345678' })

export const badValue = (line: number, message: string): RowFault => ({ line, fault: 'bad-value', message })

export const noSubject = (line: number, kind: SubjectKind): RowFault => (
  { line, fault: 'no-subject', message: `${SUBJECT[kind]} is empty or too long; it names the ${kind} in the records` })

/** What the records say against a row, in words. */
export function recordFault ({ line, fault, subject, firstLine, columns }: ImportFault, kind: SubjectKind): RowFault {
  return { line, fault, message: wordsOf() }

  function wordsOf (): string {
    switch (fault) {
      case 'unknown': return `the records have no ${kind} ${subject}; correct ${SUBJECT[kind]}, or put it into the records (docs/campaigns.md)`
      case 'other-number': return `the number is not that of ${subject} in the records; correct whichever is wrong`
      case 'repeated': return `${subject} with this number is in line ${firstLine} already; remove one of them`
      case 'differs': return `${columns} of ${subject} in the records ${columns.includes(' and ') ? 'are others' : 'is another'}; correct whichever is wrong, or leave the column out`
      case 'no-consent': return `nobody has recorded a consent of ${subject} to such calls; record it (npm run campaign -- consents), remove the row, or have such rows refused by the rules instead`
    }
  }
}

/** What the consents on record, or other rows of the list, say against a row. */
export function consentFault ({ line, fault, firstLine }: ConsentFault): RowFault {
  return { line, fault, message: wordsOf() }

  function wordsOf (): string {
    switch (fault) {
      case 'in-future': return 'givenAt or withdrawnAt is still to come; correct it, or wait'
      case 'differs': return firstLine < line
        ? `the same consent is in line ${firstLine} with another basis, evidence, channel, wording, language or end; remove whichever is wrong`
        : 'the same consent is on record with another basis, evidence, channel, wording, language or end; what is on record stays as it is'
      case 'nothing-to-withdraw': return 'nobody has recorded such a consent that was given before; correct the number, purpose or subject, or record a stop: npm run campaign -- stop'
    }
  }
}
