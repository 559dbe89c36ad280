import type { CartLine } from '@karani/call-context'
import type { MenuItem, OrderLine } from '@karani/records'

export interface Priced {
  readonly lines: readonly OrderLine[]
  readonly totalMinor: number
  /** Names of what cannot be had any more. Such a line still has its price, unless the dish is off the menu. */
  readonly unavailable: readonly string[]
}

/** What the lines cost by the menu as it is now: integers of minor units. */
export function price (lines: readonly CartLine[], menu: readonly MenuItem[]): Priced {
  const dishes = new Map(menu.map(item => [item.sku, item]))
  const priced = lines.map(line => orderLine(line, dishes.get(line.sku)))
  return {
    lines: priced.flatMap(({ line }) => line ?? []),
    totalMinor: priced.reduce((sum, { line }) => sum + (line === null ? 0 : lineTotalMinor(line)), 0),
    unavailable: [...new Set(priced.flatMap(({ unavailable }) => unavailable ?? []))]
  }
}

export const lineTotalMinor = ({ unitPriceMinor, quantity }: Pick<OrderLine, 'unitPriceMinor' | 'quantity'>): number => unitPriceMinor * quantity

function orderLine ({ sku, modifiers: names, quantity }: CartLine, item: MenuItem | undefined): { line: OrderLine | null, unavailable: string | null } {
  if (item === undefined) return { line: null, unavailable: sku.replaceAll('-', ' ') }
  const modifiers = item.modifiers.filter(({ name }) => names.includes(name))
  const isOffered = item.available && modifiers.length === names.length
  const unitPriceMinor = modifiers.reduce((sum, { priceMinor }) => sum + priceMinor, item.priceMinor)
  return { line: { sku, name: item.name, modifiers: modifiers.map(({ name }) => name), quantity, unitPriceMinor }, unavailable: isOffered ? null : item.name }
}

const MAX_ALTERNATIVES = 3

/** What can be had instead of a dish: those whose names have a word in common with it, then in the order of the menu. */
export function alternativesTo (item: MenuItem | undefined, menu: readonly MenuItem[]): MenuItem[] {
  const words = item?.name.split(' ') ?? []
  const kinship = ({ name }: MenuItem): number => name.split(' ').some(word => words.includes(word)) ? 0 : 1
  return menu.filter(({ available }) => available).toSorted((one, other) => kinship(one) - kinship(other)).slice(0, MAX_ALTERNATIVES)
}
