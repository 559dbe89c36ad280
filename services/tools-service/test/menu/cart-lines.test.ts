import { deepEqual } from 'node:assert/strict'
import t from 'tap'
import fc from 'fast-check'
import { add, isTooLarge, linesOf, modify, NO_LINES, setQuantity, type CartLines } from '../../src/menu/cart-lines.ts'
import { alternativesTo, lineTotalMinor, price } from '../../src/menu/prices.ts'
import { MENU } from './demo-menu.ts'

const line = fc.constantFrom(...MENU).chain(({ sku, modifiers }) => fc.record({ sku: fc.constant(sku), modifiers: fc.subarray(modifiers.map(({ name }) => name)), quantity: fc.integer({ min: 1, max: 5 }) }))
const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), line }),
  fc.record({ do: fc.constant('set' as const), at: fc.nat(), quantity: fc.nat(4) }),
  fc.record({ do: fc.constant('modify' as const), at: fc.nat(), with: fc.nat(), quantity: fc.integer({ min: 1, max: 6 }) })
)
const count = ({ lines }: CartLines): number => lines.reduce((sum, { quantity }) => sum + quantity, 0)

t.test('whatever is done to an order, no line is empty or there twice, and no dish is lost or made up', async () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), steps => {
    let cart = NO_LINES
    for (const step of steps) {
      const before = count(cart)
      if (step.do === 'add') {
        cart = add(cart, step.line)
        if (count(cart) !== before + step.line.quantity) return false
      } else if (cart.lines.length > 0) {
        const at = step.at % cart.lines.length
        const { sku, quantity } = cart.lines[at]!
        if (step.do === 'set') {
          cart = setQuantity(cart, at, step.quantity)
          if (count(cart) !== before - quantity + step.quantity) return false
        } else {
          const { modifiers } = MENU.find(item => item.sku === sku)!
          cart = modify(cart, at, modifiers.slice(0, step.with % (modifiers.length + 1)).map(({ name }) => name), step.quantity)
          if (count(cart) !== before) return false
        }
      }
      const keys = cart.lines.map(({ sku, modifiers }) => JSON.stringify([sku, modifiers]))
      if (new Set(keys).size !== keys.length || cart.lines.some(({ quantity }) => quantity < 1)) return false
      if (cart.last !== null && cart.lines[cart.last] === undefined) return false
    }
    return true
  }), { numRuns: 500 })
})

t.test('a total is the sum of its lines in whole minor units, each by the menu', async () => {
  fc.assert(fc.property(fc.array(line, { maxLength: 10 }), lines => {
    const { totalMinor, lines: priced } = price(lines, MENU)
    const expected = lines.reduce((sum, { sku, modifiers, quantity }) => {
      const dish = MENU.find(item => item.sku === sku)!
      return sum + quantity * (dish.priceMinor + dish.modifiers.filter(({ name }) => modifiers.includes(name)).reduce((sum, { priceMinor }) => sum + priceMinor, 0))
    }, 0)
    return totalMinor === expected && Number.isSafeInteger(totalMinor) && priced.reduce((sum, line) => sum + lineTotalMinor(line), 0) === totalMinor
  }))
})

t.test('a line with exactly the changes that were named goes before those with more', async (t) => {
  const cart = [[], ['spicy']].reduce<CartLines>((cart, modifiers) => add(cart, { sku: 'beef-burger', modifiers, quantity: 1 }), NO_LINES)
  t.same(linesOf(cart, { sku: 'beef-burger', modifiers: [] }), [0])
  t.same(linesOf(cart, { sku: 'beef-burger', modifiers: ['spicy'] }), [1])
  t.same(linesOf(setQuantity(cart, 0, 0), { sku: 'beef-burger', modifiers: [] }), [0])
})

t.test('an order has bounds: twenty of a line, fifty in all', async (t) => {
  const of = (...quantities: number[]): CartLines => ({ lines: quantities.map((quantity, i) => ({ sku: `dish-${i}`, modifiers: [], quantity })), last: null })
  deepEqual([of(20), of(21), of(20, 20, 10), of(20, 20, 11)].map(isTooLarge), [false, true, false, true])
})

t.test('instead of what is sold out there is what is like it, then the rest of the menu', async (t) => {
  const wings = MENU.find(({ sku }) => sku === 'chicken-wings')
  t.same(alternativesTo(wings, MENU).map(({ name }) => name), ['chicken burger', 'beef burger', 'fries'])
})
