import type { SQL } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { PgDialect } from 'drizzle-orm/pg-core'
import pg from 'pg'

/** Drizzle on a pool or on one connection. */
export type Database = NodePgDatabase & { readonly $client: pg.Pool }

/** PostgreSQL's columns are named in snake case. */
const CASING = { casing: 'snake_case' } as const
const DIALECT = new PgDialect(CASING)

export const databaseOn = (client: pg.Pool | pg.ClientBase): Database => drizzle(client as pg.Pool, CASING)

/**
 * Runs a statement that each connection parses and plans once: for what is on the way of every dial, where planning takes longer than
 * running. `name` belongs to this one text. Values come as `pg` reads them: an instant is a `Date`.
 */
export async function prepared<T extends pg.QueryResultRow> (db: Database, name: string, statement: SQL): Promise<T[]> {
  const { sql: text, params: values } = DIALECT.sqlToQuery(statement)
  return (await db.$client.query<T>({ name, text, values })).rows
}

/** One connection of its own, for as long as `work` takes. */
export async function withConnection<T> (databaseUrl: string, work: (db: Database) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(databaseOn(client))
  } finally {
    await client.end()
  }
}

/**
 * One transaction on a connection of the pool. When `work` throws, the connection is closed and the server rolls back:
 * whatever state it was in, nobody else meets it.
 */
export async function inTransaction<T> (pool: pg.Pool, work: (db: Database) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  client.on('error', ignore) // a connection that breaks between two queries fails the next one; unheard, it would end the process
  try {
    await client.query('begin')
    const result = await work(databaseOn(client))
    await client.query('commit')
    client.off('error', ignore)
    client.release()
    return result
  } catch (err) {
    client.release(true)
    throw err
  }
}

const ignore = (): void => {}
