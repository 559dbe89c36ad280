import { Type, type Static } from 'typebox'

const Text = Type.String({ minLength: 1, maxLength: 128 })

/** So many of a dish, with these changes to each, in the order of the menu. What they are called and cost, the menu says. */
export const CartLine = Type.Object({
  sku: Text,
  modifiers: Type.Array(Text),
  quantity: Type.Integer({ minimum: 1 })
})
export type CartLine = Static<typeof CartLine>

/** An order in the making. */
export const Cart = Type.Object({
  /** The same until it is ordered; unguessable. */
  cartId: Text,
  /** Another after every change; unguessable, so that no two states of any cart have the same. */
  revision: Text,
  lines: Type.Array(CartLine),
  /** The line that was spoken of last, if it is still there. */
  last: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  /** What the newest changes were answered with, by the function call that asked for them. */
  answers: Type.Array(Type.Object({ callId: Text, id: Text, answer: Type.Record(Type.String(), Type.Unknown()) }))
})
export type Cart = Static<typeof Cart>
