import { boolean, integer, text } from 'drizzle-orm/pg-core'
import { business } from './business.ts'
import { instant, minorUnits } from './columns.ts'

export const menuItems = business.table('menu_items', {
  sku: text().primaryKey(),
  position: integer().notNull(),
  name: text().notNull(),
  aliases: text().array().notNull(),
  modifiers: text().array().notNull(),
  priceMinor: minorUnits().notNull(),
  currency: text().notNull(),
  available: boolean().notNull(),
  copiedAt: instant()
})

export const menuModifiers = business.table('menu_modifiers', {
  name: text().primaryKey(),
  aliases: text().array().notNull(),
  priceMinor: minorUnits().notNull()
})
