import type { CartLine } from '@karani/call-context'

/** A cart's lines, and which one was spoken of last. */
export interface CartLines {
  readonly lines: readonly CartLine[]
  readonly last: number | null
}

export const MAX_OF_ONE = 20
export const MAX_IN_ALL = 50

export const NO_LINES: CartLines = { lines: [], last: null }

/** So many more of a dish as it is wanted. */
export function add (cart: CartLines, wanted: CartLine): CartLines {
  const at = cart.lines.findIndex(line => isSame(line, wanted))
  return at < 0
    ? { lines: [...cart.lines, wanted], last: cart.lines.length }
    : setQuantity(cart, at, cart.lines[at]!.quantity + wanted.quantity)
}

/** Nothing is left of a line of none. */
export function setQuantity ({ lines, last }: CartLines, at: number, quantity: number): CartLines {
  if (quantity > 0) return { lines: lines.with(at, { ...lines[at]!, quantity }), last: at }
  return { lines: lines.toSpliced(at, 1), last: last === null || last === at ? null : last - (last > at ? 1 : 0) }
}

/** Gives `quantity` of a line these modifiers instead of its own; the others stay as they are. */
export function modify (cart: CartLines, at: number, modifiers: readonly string[], quantity: number): CartLines {
  const line = cart.lines[at]!
  const changed = { ...line, modifiers: [...modifiers], quantity: Math.min(quantity, line.quantity) }
  if (isSame(line, changed)) return { ...cart, last: at }
  const kept = line.quantity - changed.quantity
  const twin = cart.lines.findIndex(other => isSame(other, changed))
  if (twin < 0 && kept === 0) return { lines: cart.lines.with(at, changed), last: at } // in its old place
  return add(setQuantity(cart, at, kept), changed)
}

export function isTooLarge ({ lines }: CartLines): boolean {
  return lines.some(({ quantity }) => quantity > MAX_OF_ONE) || lines.reduce((sum, { quantity }) => sum + quantity, 0) > MAX_IN_ALL
}

/** The lines of a dish that were ordered with at least these modifiers; those with exactly these, when there are any. */
export function linesOf ({ lines }: CartLines, { sku, modifiers }: { readonly sku: string, readonly modifiers: readonly string[] }): number[] {
  const fitting = [...lines.keys()].filter(at => lines[at]!.sku === sku && modifiers.every(name => lines[at]!.modifiers.includes(name)))
  const exact = fitting.filter(at => lines[at]!.modifiers.length === modifiers.length)
  return exact.length > 0 ? exact : fitting
}

const isSame = (one: CartLine, other: CartLine): boolean =>
  one.sku === other.sku && one.modifiers.length === other.modifiers.length && one.modifiers.every((name, i) => name === other.modifiers[i])
