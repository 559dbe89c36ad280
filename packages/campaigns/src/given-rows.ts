import type { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { malformed, type RowFault } from './row-faults.ts'

/** A row as it was given, or why there is none. */
export type GivenRow = { readonly line: number, readonly fields: Readonly<Record<string, unknown>> } | RowFault

export interface ListColumns {
  /** Without one of them it is no such list. */
  readonly needed: readonly string[]
  readonly known: readonly string[]
  /** Told of the columns that mean nothing here; without it they are a fault. */
  readonly onIgnored?: ((columns: string[]) => void) | undefined
}

/** A quote that is never closed would take the rest of the file for one field. */
const MAX_RECORD_CHARS = 10_000

/**
 * The rows of a CSV file with a heading (RFC 4180, UTF-8 with or without its mark), read as they are asked for. Columns may be in any order;
 * `given_at`, `Given At` and `givenAt` are one name.
 */
export async function * csvList (file: Readable, columns: ListColumns): AsyncGenerator<GivenRow> {
  const parser = parse({ bom: true, info: true, skip_empty_lines: true, relax_column_count: true, trim: true, max_record_size: MAX_RECORD_CHARS })
  file.on('error', error => parser.destroy(error))
  file.pipe(parser)
  let names: string[] | undefined
  try {
    for await (const { record, info: { lines: line } } of parser as AsyncIterable<{ record: string[], info: { lines: number } }>) {
      if (names === undefined) {
        const heading = readHeading(record, columns)
        if (typeof heading === 'string') return yield malformed(line, heading)
        names = heading
      } else if (record.length !== names.length) {
        yield malformed(line, `the row has ${record.length} fields, the heading ${names.length}; put texts with commas into quotes`)
      } else {
        yield { line, fields: Object.fromEntries(names.map((name, index) => [name, record[index]])) }
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

/** A field as text without blanks around it; what is none is empty. */
export const textOf = (value: unknown): string => typeof value === 'string' ? value.trim() : ''

/** What no database stores and no person typed: control characters, halves of a character. */
export const isUnprintable = (text: string): boolean => /[\p{Cc}\p{Cs}]/u.test(text)

/** The columns by the names that we know them by, or what is wrong with them. */
function readHeading (record: readonly string[], { needed, known, onIgnored }: ListColumns): string[] | string {
  const letters = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const byLetters = new Map(known.map(name => [letters(name), name]))
  const names = record.map(name => byLetters.get(letters(name)) ?? name)
  const missing = needed.filter(name => !names.includes(name))
  if (missing.length > 0) return `the heading has no column ${missing.join(' and no column ')}; the first line names the columns`
  const twice = known.find(name => names.filter(other => other === name).length > 1)
  if (twice !== undefined) return `the heading has the column ${twice} twice`
  const ignored = names.filter(name => !known.includes(name))
  if (ignored.length === 0) return names
  if (onIgnored === undefined) return `the heading has columns that mean nothing here: ${ignored.join(', ')}; rename or remove them (known are ${known.join(', ')})`
  onIgnored(ignored)
  return names
}
