import type { MenuItem } from '@karani/records'
import { ItemAmbiguousError, ItemNotOrderedError, ItemUnavailableError, ItemUnknownError, ModifierUnknownError, QuantityNotUnderstoodError } from '../errors.ts'
import { linesOf, type CartLines } from './cart-lines.ts'
import { alternativesTo, price } from './prices.ts'
import { readDish, type DishRead } from './read-dish.ts'
import { inMenuOrder, modifiersMeant } from './read-modifiers.ts'
import { anyOf, spokenDish } from './spoken-order.ts'

export type Understood = Extract<DishRead, { kind: 'dish' | 'last' }>

/** @throws a refusal that names what could be meant */
export function understood (words: string, menu: readonly MenuItem[]): Understood {
  const read = readDish(words, menu)
  switch (read.kind) {
    case 'ambiguous': throw new ItemAmbiguousError(anyOf(namesOf(offered(read.candidates))))
    case 'unknown': throw new ItemUnknownError(anyOf(namesOf(read.near.length > 0 ? read.near : alternativesTo(undefined, menu))))
    case 'modifier-unknown': throw modifierUnknown(read.item)
    case 'count-unclear': throw new QuantityNotUnderstoodError()
    default: return read
  }
}

/** @throws ItemUnavailableError with what there is instead */
export function refuseSoldOut (item: MenuItem, menu: readonly MenuItem[]): void {
  if (!item.available) throw new ItemUnavailableError(anyOf([item.name]), anyOf(namesOf(alternativesTo(item, menu))))
}

/** These modifiers and those that the words mean besides. @throws ModifierUnknownError with those that there are */
export function withModifiers (item: MenuItem, modifiers: readonly string[], words: readonly string[]): string[] {
  const more = words.length === 0 ? [] : modifiersMeant(words, item)
  if (more === null) throw modifierUnknown(item)
  return inMenuOrder(item, new Set([...modifiers, ...more]))
}

/** The one line of the order that is meant. @throws ItemNotOrderedError, ItemAmbiguousError with the lines that could be */
export function lineMeant (cart: CartLines, read: Understood, menu: readonly MenuItem[]): number {
  const [at, ...others] = read.kind === 'last' ? lastOf(cart) : linesOf(cart, { sku: read.item.sku, modifiers: read.modifiers })
  const spoken = (at: number): string[] => price([cart.lines[at]!], menu).lines.map(spokenDish)
  if (at === undefined) throw new ItemNotOrderedError(cart.lines.length === 0 ? 'nothing yet' : anyOf([...cart.lines.keys()].flatMap(spoken)))
  if (others.length > 0) throw new ItemAmbiguousError(anyOf([at, ...others].flatMap(spoken)))
  return at
}

function modifierUnknown (item: MenuItem): Error {
  return new ModifierUnknownError(anyOf([item.name]), item.modifiers.length === 0 ? 'nothing' : anyOf(item.modifiers.map(({ name }) => name)))
}

const namesOf = (items: readonly MenuItem[]): string[] => items.map(({ name }) => name)

/** What can be had, when any of it can. */
function offered (items: readonly MenuItem[]): readonly MenuItem[] {
  const available = items.filter(({ available }) => available)
  return available.length > 0 ? available : items
}

const lastOf = ({ last }: CartLines): number[] => last === null ? [] : [last]
