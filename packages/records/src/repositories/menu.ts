import { asc } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { menuItems, menuModifiers } from '../schema/restaurant.ts'

export interface MenuItem {
  readonly sku: string
  readonly name: string
  /** What else it is called. */
  readonly aliases: readonly string[]
  readonly priceMinor: number
  readonly currency: string
  readonly available: boolean
  readonly modifiers: readonly MenuModifier[]
}

export interface MenuModifier {
  readonly name: string
  readonly aliases: readonly string[]
  readonly priceMinor: number
}

const MAX_ITEMS = 200

export class Menu {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** In the order of the printed menu. */
  async items (): Promise<MenuItem[]> {
    const items = await this.#db.select().from(menuItems).orderBy(asc(menuItems.position), asc(menuItems.sku)).limit(MAX_ITEMS)
    const known = new Map((await this.#db.select().from(menuModifiers)).map(modifier => [modifier.name, modifier]))
    return items.map(({ position, modifiers, ...item }) => ({
      ...item, modifiers: modifiers.map(name => known.get(name) ?? { name, aliases: [], priceMinor: 0 })
    }))
  }
}
