import { asc } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { menuItems, menuModifiers } from '../schema/restaurant.ts'

export interface MenuItem {
  readonly name: string
  readonly priceMinor: number
  readonly available: boolean
  readonly modifiers: ReadonlyArray<{ readonly name: string, readonly priceMinor: number }>
}

const MAX_ITEMS = 200

export class Menu {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** In the order of the printed menu. */
  async items (): Promise<MenuItem[]> {
    const items = await this.#db.select().from(menuItems).orderBy(asc(menuItems.position), asc(menuItems.sku)).limit(MAX_ITEMS)
    const prices = new Map((await this.#db.select().from(menuModifiers)).map(({ name, priceMinor }) => [name, priceMinor]))
    return items.map(({ name, priceMinor, available, modifiers }) => ({
      name, priceMinor, available, modifiers: modifiers.map(name => ({ name, priceMinor: prices.get(name) ?? 0 }))
    }))
  }
}
