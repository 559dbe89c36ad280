import type { Readable } from 'node:stream'
import type { ImportRow, SubjectKind } from '@karani/records'
import { readPhoneNumber } from '@karani/sautikit'
import { csvList, isUnprintable, textOf, type GivenRow } from './given-rows.ts'
import { badNumber, noSubject, subjectColumn, type RowFault } from './row-faults.ts'

export const MAX_SUBJECT_CHARS = 64

/** The rows of a list of people to call, from a CSV file. `onIgnored` hears of the columns that are not looked at. */
export function csvRows (file: Readable, kind: SubjectKind, onIgnored: (columns: string[]) => void = () => {}): AsyncGenerator<GivenRow> {
  const needed = [subjectColumn(kind), 'phone']
  return csvList(file, { needed, known: needed, onIgnored })
}

/** What of a row is stored: the records know the rest better. */
export function readRow (line: number, fields: Readonly<Record<string, unknown>>, kind: SubjectKind): Pick<ImportRow, 'phone' | 'subject'> | RowFault {
  const subject = textOf(fields[subjectColumn(kind)])
  if (subject === '' || subject.length > MAX_SUBJECT_CHARS || isUnprintable(subject)) return noSubject(line, kind)
  const phone = readPhoneNumber(textOf(fields.phone))
  return phone === null ? badNumber(line) : { phone, subject }
}
