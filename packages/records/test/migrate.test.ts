import { readFile } from 'node:fs/promises'
import t from 'tap'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { migrate } from '../src/index.ts'
import { databaseOn } from '../src/database.ts'
import * as calls from '../src/schema/calls.ts'
import * as campaigns from '../src/schema/campaigns.ts'
import * as courier from '../src/schema/courier.ts'
import * as dialling from '../src/schema/dialling.ts'
import * as lending from '../src/schema/lending.ts'
import * as orders from '../src/schema/orders.ts'
import * as payments from '../src/schema/payments.ts'
import * as restaurant from '../src/schema/restaurant.ts'
import * as support from '../src/schema/support.ts'
import * as systems from '../src/schema/systems.ts'
import { emptyDatabase } from './database.ts'

const { url, client } = await emptyDatabase(t)

t.test('processes that migrate an empty database at once all succeed, and once is enough', async (t) => {
  await Promise.all([migrate(url), migrate(url), migrate(url)])
  await migrate(url)
  const { rows } = await client.query('select count(*)::int as applied, count(distinct hash)::int as different from drizzle.__drizzle_migrations')
  const { entries } = JSON.parse(await readFile(new URL('../migrations/meta/_journal.json', import.meta.url), 'utf8'))
  t.strictSame(rows, [{ applied: entries.length, different: entries.length }])
})

t.test('every table that the code knows is there, with its columns and nothing besides', async (t) => {
  const tables = Object.values({ ...calls, ...campaigns, ...courier, ...dialling, ...lending, ...orders, ...payments, ...restaurant, ...support, ...systems }).filter(value => is(value, PgTable))
  t.ok(tables.length >= 13)
  for (const table of tables) {
    await databaseOn(client).select().from(table).limit(1)
    const { schema, name, columns } = getTableConfig(table)
    const { rows } = await client.query('select column_name, is_nullable from information_schema.columns where table_schema = $1 and table_name = $2', [schema, name])
    const beyondTheCode = name === 'knowledge_articles' ? 1 : 0 // its search column
    t.equal(rows.length, columns.length + beyondTheCode, name)
    t.equal(rows.filter(row => row.is_nullable === 'NO').length, columns.filter(column => column.notNull).length + beyondTheCode, `${name}: what may be missing`)
  }
})

t.test('a database that nobody listens at is an error, not a wait', async (t) => {
  await t.rejects(migrate('postgres://karani:x@127.0.0.1:1/karani'), { code: 'ECONNREFUSED' })
})
