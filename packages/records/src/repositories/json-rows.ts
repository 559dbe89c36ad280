import { getTableColumns } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import type { PgTable } from 'drizzle-orm/pg-core'

/** A row of a table as PostgreSQL's `to_jsonb` writes it: names in snake case, instants as texts. */
export type JsonRow = Record<string, unknown>

/** Reads rows of this table. For statements that give whole rows of several tables at once. */
export function rowReader<T extends PgTable> (table: T): (row: JsonRow) => T['$inferSelect'] {
  const columns = Object.entries(getTableColumns(table)).map(([name, { dataType }]) => ({ name, key: toSnakeCase(name), isInstant: dataType === 'date' }))
  return row => Object.fromEntries(columns.map(({ name, key, isInstant }) => {
    const value = row[key]
    return [name, isInstant && typeof value === 'string' ? new Date(value) : value]
  })) as T['$inferSelect']
}
