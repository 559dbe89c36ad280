import { readFileSync } from 'node:fs'
import type { MenuItem } from '@karani/records'

interface DemoItem { sku: string, name: string, aliases: string[], priceMinor: number, modifiers: string[], available?: boolean }
const { menu } = JSON.parse(readFileSync(new URL('../../../../demo/records.json', import.meta.url), 'utf8')) as {
  menu: { items: DemoItem[], modifierPricesMinor: Record<string, number>, modifierAliases: Record<string, string[]> }
}

/** The demo menu as the records give it. */
export const MENU: readonly MenuItem[] = menu.items.map(({ available = true, modifiers, ...item }) => ({
  ...item, currency: 'KES', available, modifiers: modifiers.map(name => ({ name, aliases: menu.modifierAliases[name] ?? [], priceMinor: menu.modifierPricesMinor[name] ?? 0 }))
}))
