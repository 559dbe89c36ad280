import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import type { PgColumn, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { addDays, dayAt } from '@karani/calendar'
import { withConnection, type Database } from './database.ts'
import { readDemo, type Demo } from './demo-records.ts'
import { recipientChecks, shipments } from './schema/courier.ts'
import { accounts, verificationAttempts } from './schema/lending.ts'
import { menuItems, menuModifiers } from './schema/restaurant.ts'
import { knowledgeArticles } from './schema/support.ts'
import { consents } from './schema/campaigns.ts'
import { stops } from './schema/dialling.ts'

const TIME_ZONE = 'Africa/Nairobi'
const CURRENCY = 'KES'

/** No real person has agreed to anything. */
const DEMO_CONSENT = { wording: 'demo: I agree to automated calls about this.', channel: 'demo', evidence: 'demo: made up by the seed' }
/** In good time before any call, at whatever instant a demo is set. */
const yearBefore = (now: Date): Date => new Date(now.getTime() - 365 * 24 * 3600 * 1000)

export interface Seeded { accounts: number, shipments: number, menuItems: number, articles: number }

/**
 * Writes the demo records as they are on the day of `now` in Nairobi. Repeated, it changes nothing; on another day the
 * dates move along. What calls have left behind stays, except failed checks of the demo accounts and parcels: a demo that
 * was locked out by yesterday's wrong answers is no demo.
 */
export async function seed (databaseUrl: string, now: Date): Promise<Seeded> {
  const demo = await readDemo()
  await withConnection(databaseUrl, async db => {
    await db.execute(sql`begin`) // whatever goes wrong ends the connection, and with it the transaction
    await seedLender(db, demo, now)
    await seedCourier(db, demo, now)
    await seedRestaurant(db, demo)
    await seedSupport(db, demo)
    await db.execute(sql`commit`)
  })
  const { records, knowledge } = demo
  return { accounts: records.accounts.length, shipments: records.shipments.length, menuItems: records.menu.items.length, articles: knowledge.articles.length }
}

async function seedLender (db: Database, { records }: Demo, now: Date): Promise<void> {
  const today = dayAt(now, TIME_ZONE)
  const rows = records.accounts.map(({ dueInDays, optedOut, consent, ...account }) => ({ ...account, currency: CURRENCY, dueOn: addDays(today, dueInDays) }))
  await put(db, accounts, accounts.accountId, rows)
  const ids = rows.map(row => row.accountId)
  await db.delete(verificationAttempts).where(and(inArray(verificationAttempts.accountId, ids), eq(verificationAttempts.outcome, 'failed')))
  const stopped = records.accounts.filter(account => account.optedOut === true).map(({ accountId, phone }) => (
    { stopId: `stop-demo-${accountId}`, phone, accountId, reason: 'opt-out' as const, scope: 'calls' as const, since: now }))
  await db.insert(stops).values(stopped).onConflictDoNothing()
  await db.insert(consents).values(records.accounts.filter(account => account.consent).flatMap(({ accountId, phone, language }) => (['reminder', 'collection'] as const).map(purpose => (
    { ...DEMO_CONSENT, consentId: `consent-demo-${accountId}-${purpose}`, phone, subject: accountId, purpose, basis: 'consent' as const, language, givenAt: yearBefore(now) })))).onConflictDoNothing()
}

async function seedCourier (db: Database, { records }: Demo, now: Date): Promise<void> {
  const today = dayAt(now, TIME_ZONE)
  const rows = records.shipments.map(({ deliverInDays, ...shipment }) => ({ ...shipment, deliverOn: addDays(today, deliverInDays) }))
  await put(db, shipments, shipments.trackingId, rows)
  const ids = rows.map(row => row.trackingId)
  await db.delete(recipientChecks).where(and(inArray(recipientChecks.trackingId, ids), eq(recipientChecks.outcome, 'failed')))
  await db.insert(consents).values(records.shipments.map(({ trackingId, recipientPhone }) => (
    { ...DEMO_CONSENT, consentId: `consent-demo-${trackingId}`, phone: recipientPhone, subject: trackingId, purpose: 'delivery' as const, basis: 'request' as const, language: 'en-KE', givenAt: yearBefore(now) }))).onConflictDoNothing()
}

async function seedRestaurant (db: Database, { records: { menu } }: Demo): Promise<void> {
  await put(db, menuItems, menuItems.sku, menu.items.map(({ available = true, ...item }, position) => ({ ...item, position, currency: menu.currency, available })))
  const { modifierPricesMinor: prices, modifierAliases: aliases = {} } = menu
  const names = [...new Set(menu.items.flatMap(({ modifiers }) => modifiers))]
  await put(db, menuModifiers, menuModifiers.name, names.map(name => ({ name, aliases: aliases[name] ?? [], priceMinor: prices[name] ?? 0 })))
}

async function seedSupport (db: Database, { knowledge }: Demo): Promise<void> {
  await put(db, knowledgeArticles, knowledgeArticles.articleId, knowledge.articles.map(({ id, ...article }) => ({ articleId: id, ...article })))
}

/** Inserts the rows; one that is there already takes the new values. */
async function put<T extends PgTable> (db: Database, table: T, key: PgColumn, rows: Array<T['$inferInsert']>): Promise<void> {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => column !== key && column.generated === undefined)
  const set = Object.fromEntries(columns.map(([name]) => [name, sql`excluded.${sql.identifier(toSnakeCase(name))}`]))
  await db.insert(table).values(rows).onConflictDoUpdate({ target: key, set: set as PgUpdateSetSource<T> })
}
