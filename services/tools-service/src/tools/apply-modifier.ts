import { applyModifier as contract } from '@karani/agents'
import { modify } from '../menu/cart-lines.ts'
import { takeCounts } from '../menu/counts.ts'
import { lineMeant, understood, withModifiers } from '../menu/understood.ts'
import { contentOf, wordsOf } from '../menu/words.ts'
import { changeOrder } from './order-in-the-making.ts'
import { writing } from './tool.ts'

/** `one chicken burger` and `no onions`: one of several is made so, and the others stay as they are. */
export const applyModifier = writing(contract, async ({ item: words, modifier }, call, writings) => await changeOrder(call, writings, (cart, menu) => {
  const read = understood(words, menu)
  const at = lineMeant(cart, read, menu)
  const line = cart.lines[at]!
  const item = menu.find(({ sku }) => sku === line.sku)
  if (item === undefined) return cart // it has left the menu; proposing the order says so
  const { counts: [count], rest } = takeCounts(wordsOf(modifier))
  const modifiers = withModifiers(item, line.modifiers, contentOf(rest))
  return modify(cart, at, modifiers, read.quantity ?? count ?? line.quantity)
}))
