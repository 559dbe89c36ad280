import { Type, type Static } from 'typebox'
import type { Slots } from './phrase.ts'

/** What guests of a restaurant name, in English and in Kiswahili. */
export const RESTAURANT_SLOTS: Slots = {
  dish: 'chicken (burger | burgers | sandwich) | beef (burger | burgers) | hamburger | burger | burgers | fries | chips | soda | coke | fanta | sprite | [chicken] wings',
  count: '(one | two | three | four | five)',
  size: 'large | spicy',
  change: 'no onions | no mayo | extra cheese | no ice',
  mlo: '(burger | baga) [ya (kuku | nyama)] | chipsi | vibanzi | soda | kinywaji | mabawa [ya kuku]',
  idadi: '(moja | mbili | tatu | nne | tano | <count>)',
  bila: 'bila (vitunguu | mayonesi | barafu) | na jibini',
  chakula: '(burger | baga) [<idadi>] [(ya | za) (kuku | nyama)] [<idadi>] [<bila>] | (chipsi | vibanzi | soda | kinywaji) [kubwa] [<idadi>] [kubwa] [<bila>] | mabawa [ya kuku] [<idadi>]'
}

const Line = Type.Object({ name: Type.String(), modifiers: Type.Array(Type.String()), quantity: Type.Integer() })
/** What the tools say of an order. */
export const Order = Type.Object({ items: Type.Array(Line), totalKes: Type.Number() })

/** `2 chicken burgers, no onions, and 1 fries` */
export function listed (lines: ReadonlyArray<Static<typeof Line>>): string {
  return and(lines.map(({ name, modifiers, quantity }) => [`${quantity} ${name}${quantity === 1 || name.endsWith('s') ? '' : 's'}`, ...modifiers].join(', ')))
}

export function and (items: readonly string[]): string {
  return new Intl.ListFormat('en').format(items)
}

export function sentence (text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
