import { Type, type Static } from 'typebox'

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
