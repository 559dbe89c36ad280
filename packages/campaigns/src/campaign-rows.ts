import type { Readable } from 'node:stream'
import type { ImportRow, SubjectKind } from '@karani/records'
import { readPhoneNumber } from '@karani/sautikit'
import { csvList, isUnprintable, textOf, type GivenRow } from './given-rows.ts'
import { badNumber, badValue, noSubject, subjectColumn, type RowFault } from './row-faults.ts'
import { readStated, STATED_COLUMNS } from './stated-facts.ts'

export const MAX_SUBJECT_CHARS = 64

/** The rows of a list of people to call, from a CSV file. `onIgnored` hears of the columns that are not looked at. */
export function csvRows (file: Readable, kind: SubjectKind, onIgnored: (columns: string[]) => void = () => {}): AsyncGenerator<GivenRow> {
  const needed = [subjectColumn(kind), 'phone']
  return csvList(file, { needed, known: [...needed, ...STATED_COLUMNS[kind]], onIgnored })
}

/** What of a row is stored, and what of it has to agree with the records: they know it better. */
export function readRow (line: number, fields: Readonly<Record<string, unknown>>, kind: SubjectKind): Omit<ImportRow, 'line' | 'position'> | RowFault {
  const subject = textOf(fields[subjectColumn(kind)])
  if (subject === '' || subject.length > MAX_SUBJECT_CHARS || isUnprintable(subject)) return noSubject(line, kind)
  const phone = readPhoneNumber(textOf(fields.phone))
  if (phone === null) return badNumber(line)
  const stated = readStated(Object.fromEntries(STATED_COLUMNS[kind].map(name => [name, fields[name]])))
  return typeof stated === 'string' ? badValue(line, stated) : { phone, subject, ...stated }
}
