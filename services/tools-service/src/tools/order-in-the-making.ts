import { cartKey, type CallContext, type Cart, type CartLine, type CartOwner } from '@karani/call-context'
import type { MenuItem, Readings, Writings } from '@karani/records'
import { OrderTooLargeError } from '../errors.ts'
import { isTooLarge, MAX_IN_ALL, MAX_OF_ONE, NO_LINES, type CartLines } from '../menu/cart-lines.ts'
import { lineTotalMinor, price } from '../menu/prices.ts'
import { spokenDish } from '../menu/spoken-order.ts'
import { wholeUnits } from '../whole-units.ts'
import type { Output, ToolCall } from './tool.ts'

/** The cart of a call, and the call's context where Redis still has it. */
export interface CallersCart {
  readonly owner: CartOwner
  readonly context: CallContext | undefined
  readonly cart: Cart | undefined
  /** Of a cart that was ordered. */
  readonly spent: string | null
}

/** The cart that a call goes on with. One that was ordered is empty, whatever Redis still holds: no crash can leave it to be ordered again. */
export async function callersCart (call: ToolCall, { orders }: Pick<Readings, 'orders'>): Promise<CallersCart> {
  const owned = await ownerOf(call)
  return { ...owned, ...await unordered(await call.restaurant.carts.get(owned.owner), orders) }
}

/**
 * The same, for as long as the transaction lasts nobody else's to change or order: otherwise a dish could go into a cart that
 * is being ordered at that moment, and be in no order.
 */
export async function lockedCart (call: ToolCall, { orders }: Writings): Promise<CallersCart> {
  const owned = await ownerOf(call)
  await orders.lockCart(cartKey(owned.owner))
  return { ...owned, ...await unordered(await call.restaurant.carts.get(owned.owner), orders) }
}

/** Changes the order by a pure function, which throws what the business refuses. Tells what was changed, and the order as it is then. */
export async function changeOrder (call: ToolCall, writings: Writings, change: (cart: CartLines, menu: readonly MenuItem[]) => CartLines): Promise<Output> {
  const menu = await writings.menu.items()
  const { owner, spent } = await lockedCart(call, writings)
  return await call.restaurant.carts.change(owner, { id: call.id, spent }, cart => {
    const { lines, last } = change(cart ?? NO_LINES, menu)
    if (isTooLarge({ lines, last })) throw new OrderTooLargeError(String(MAX_OF_ONE), String(MAX_IN_ALL))
    const changed = last === null ? [] : price([lines[last]!], menu).lines
    return { lines: [...lines], last, answer: { changed: changed.map(line => `${line.quantity} ${spokenDish(line)}`).join(), ...summary(lines, menu) } }
  })
}

/** An order for the model; amounts in whole units, all of them computed from the menu. */
export function summary (cart: readonly CartLine[], menu: readonly MenuItem[]): Output {
  const { lines, totalMinor, unavailable } = price(cart, menu)
  return {
    items: lines.map(line => ({
      name: line.name, modifiers: line.modifiers, quantity: line.quantity, eachKes: wholeUnits(line.unitPriceMinor), priceKes: wholeUnits(lineTotalMinor(line))
    })),
    totalKes: wholeUnits(totalMinor),
    ...(unavailable.length > 0 && { soldOut: unavailable })
  }
}

async function ownerOf ({ claims: { callId, caller }, restaurant: { contexts } }: ToolCall): Promise<Pick<CallersCart, 'owner' | 'context'>> {
  const context = await contexts.get(callId)
  return { owner: { callId, caller, line: context?.line ?? null }, context }
}

async function unordered (cart: Cart | undefined, orders: Readings['orders']): Promise<Pick<CallersCart, 'cart' | 'spent'>> {
  return cart === undefined || !await orders.hasCart(cart.cartId) ? { cart, spent: null } : { cart: undefined, spent: cart.cartId }
}
