import { addItem as contract } from '@karani/agents'
import type { MenuItem } from '@karani/records'
import { add, linesOf, modify, setQuantity, type CartLines } from '../menu/cart-lines.ts'
import { lineMeant, refuseSoldOut, understood, withModifiers, type Understood } from '../menu/understood.ts'
import { changeOrder } from './order-in-the-making.ts'
import { writing } from './tool.ts'

export const addItem = writing(contract, async ({ name, quantity }, call, writings) => await changeOrder(call, writings, (cart, menu) => {
  const read = understood(name, menu)
  const wish = { ...read, quantity: quantity ?? read.quantity }
  return wish.kind === 'dish' ? addDish(cart, wish, menu) : addLast(cart, wish, menu)
}))

type Wish<Kind extends Understood['kind']> = Extract<Understood, { kind: Kind }>

/** `two chicken burgers`; `make that two chicken burgers` of those that are in the order; `make that a beef burger` instead of the last dish. */
function addDish (cart: CartLines, { item, modifiers, quantity, inAll }: Wish<'dish'>, menu: readonly MenuItem[]): CartLines {
  refuseSoldOut(item, menu)
  const wanted = { sku: item.sku, modifiers: [...modifiers], quantity: quantity ?? 1 }
  if (!inAll) return add(cart, wanted)
  if (linesOf(cart, wanted).length > 0) {
    const at = lineMeant(cart, { kind: 'dish', item, modifiers, quantity, inAll }, menu)
    return setQuantity(cart, at, quantity ?? cart.lines[at]!.quantity)
  }
  if (cart.last === null) return add(cart, wanted)
  return add(setQuantity(cart, cart.last, 0), { ...wanted, quantity: quantity ?? cart.lines[cart.last]!.quantity })
}

/** `make that two`, `make that two, no onions`, `another one with extra cheese`. */
function addLast (cart: CartLines, read: Wish<'last'>, menu: readonly MenuItem[]): CartLines {
  const at = lineMeant(cart, read, menu)
  const line = cart.lines[at]!
  const item = menu.find(({ sku }) => sku === line.sku)
  if (item === undefined) return cart // it has left the menu; proposing the order says so
  refuseSoldOut(item, menu)
  const modifiers = withModifiers(item, line.modifiers, read.words)
  if (!read.inAll) return add(cart, { ...line, modifiers, quantity: read.quantity ?? 1 })
  const quantity = read.quantity ?? line.quantity
  return modify(setQuantity(cart, at, quantity), at, modifiers, quantity)
}
