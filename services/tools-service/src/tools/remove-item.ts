import { removeItem as contract } from '@karani/agents'
import { NO_LINES, setQuantity } from '../menu/cart-lines.ts'
import { lineMeant, understood } from '../menu/understood.ts'
import { contentOf, wordsOf } from '../menu/words.ts'
import { changeOrder } from './order-in-the-making.ts'
import { writing } from './tool.ts'

const EVERYTHING = new Set(['everything', 'all', 'yote', 'zote', 'vyote'])

/** More than there are is all of them. */
export const removeItem = writing(contract, async ({ item, quantity }, call, writings) => await changeOrder(call, writings, (cart, menu) => {
  const words = contentOf(wordsOf(item))
  if (words.length > 0 && words.every(word => EVERYTHING.has(word))) return NO_LINES
  const read = understood(item, menu)
  const at = lineMeant(cart, read, menu)
  const there = cart.lines[at]!.quantity
  return setQuantity(cart, at, Math.max(there - (quantity ?? read.quantity ?? there), 0))
}))
