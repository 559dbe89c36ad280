import { Type, type Static } from 'typebox'
import { Currency, Id, MinorUnits, Text } from './fields.ts'

const Aliases = Type.Array(Text(60), { maxItems: 20 })

/** What can be ordered now, in the order of the printed menu. */
export const MenuCard = Type.Object({
  currency: Currency,
  items: Type.Array(Type.Object({
    sku: Id,
    name: Text(60),
    /** What else it is called. */
    aliases: Aliases,
    /** Names of `modifiers` below. */
    modifiers: Type.Array(Text(60), { maxItems: 30 }),
    priceMinor: MinorUnits,
    available: Type.Boolean()
  }), { minItems: 1, maxItems: 200 }),
  modifiers: Type.Array(Type.Object({ name: Text(60), aliases: Aliases, priceMinor: MinorUnits }), { maxItems: 200 })
})
export type MenuCard = Readonly<Static<typeof MenuCard>>

/** What makes a menu ambiguous though each field is right, said by places in its lists: `/items/3/sku is taken by another`. */
export function menuFaults ({ items, modifiers }: MenuCard): string[] {
  const known = new Set(modifiers.map(({ name }) => name))
  return [
    ...repeated(items.map(({ sku }) => sku)).map(at => `/items/${at}/sku is taken by another`),
    ...repeated(modifiers.map(({ name }) => name)).map(at => `/modifiers/${at}/name is taken by another`),
    // It would be sold for nothing.
    ...items.flatMap((item, at) => item.modifiers.flatMap((name, place) => known.has(name) ? [] : [`/items/${at}/modifiers/${place} is no name of /modifiers`]))
  ]
}

const repeated = (texts: string[]): number[] => texts.flatMap((text, at) => texts.indexOf(text) < at ? [at] : [])

/** A restaurant's till. Orders reach it through the kitchen's webhook. Rejects with SYSTEM_UNAVAILABLE when no usable answer came. */
export interface RestaurantSystem {
  menu (): Promise<MenuCard>
}
