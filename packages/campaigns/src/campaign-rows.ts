import type { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { ImportRow, SubjectKind } from '@karani/records'
import { readPhoneNumber } from '@karani/sautikit'
import { badNumber, malformed, noSubject, subjectColumn, type RowFault } from './row-faults.ts'

/** A row as it was given, or why there is none. */
export type GivenRow = { readonly line: number, readonly fields: Readonly<Record<string, unknown>> } | RowFault

/** A quote that is never closed would take the rest of the file for one field. */
const MAX_RECORD_CHARS = 10_000
const MAX_SUBJECT_CHARS = 64

/** The rows of a CSV file with a heading (RFC 4180, UTF-8 with or without its mark), read as they are asked for. Columns may be in any order. */
export async function * csvRows (file: Readable, kind: SubjectKind): AsyncGenerator<GivenRow> {
  const parser = parse({ bom: true, info: true, skip_empty_lines: true, relax_column_count: true, trim: true, max_record_size: MAX_RECORD_CHARS })
  file.on('error', error => parser.destroy(error))
  file.pipe(parser)
  let columns: string[] | undefined
  try {
    for await (const { record, info: { lines: line } } of parser as AsyncIterable<{ record: string[], info: { lines: number } }>) {
      if (columns === undefined) {
        const missing = [subjectColumn(kind), 'phone'].filter(name => !record.includes(name))
        if (missing.length > 0) return yield malformed(line, `the heading has no column ${missing.join(' and no column ')}; the first line names the columns`)
        columns = record
      } else if (record.length !== columns.length) {
        yield malformed(line, `the row has ${record.length} fields, the heading ${columns.length}; put texts with commas into quotes`)
      } else {
        yield { line, fields: Object.fromEntries(columns.map((name, index) => [name, record[index]])) }
      }
    }
  } catch (err) {
    if (!(err instanceof CsvError)) throw err
    yield malformed(Number(err.lines ?? 1), 'here or in a line before, the file is no CSV; look for a quote that is not closed')
  }
}

/** Rows that a program has; their lines are their places, from 1. */
export async function * objectRows (rows: Iterable<object> | AsyncIterable<object>): AsyncGenerator<GivenRow> {
  let line = 0
  for await (const fields of rows) yield { line: ++line, fields: fields as Record<string, unknown> }
}

/** What of a row is stored: the records know the rest better. */
export function readRow (line: number, fields: Readonly<Record<string, unknown>>, kind: SubjectKind): Pick<ImportRow, 'phone' | 'subject'> | RowFault {
  const subject = textOf(fields[subjectColumn(kind)])
  if (subject === '' || subject.length > MAX_SUBJECT_CHARS) return noSubject(line, kind)
  const phone = readPhoneNumber(textOf(fields.phone))
  return phone === null ? badNumber(line) : { phone, subject }
}

const textOf = (value: unknown): string => typeof value === 'string' ? value.trim() : ''
