import t from 'tap'
import { checkRestaurant } from '../../src/contract/index.ts'
import { failed, FORM, MONEY, saying, SECRET_KEPT, startTeam, status, trusting, type Answering } from './team.ts'

const GIVEN = 'gives the menu'
const UNAMBIGUOUS = 'gives each dish an sku of its own, and a price to each modifier of a dish'
const SOMETHING = 'has something that can be ordered'

t.test('the reference keeps the contract of a restaurant', async t => {
  const checks = await checkRestaurant(await startTeam(t, '/restaurant/menu'))
  t.same(checks.filter(({ passed }) => !passed), [])
  t.equal(checks.length, 8)
})

const broken: Array<[mistake: string, answering: Answering, fails: string[]]> = [
  ['gives prices in shillings', saying(menu => ({ ...menu, items: menu.items.map((item: any) => ({ ...item, priceMinor: item.priceMinor / 100 + 0.5 })) })), [MONEY]],
  ['gives a list alone', saying(({ items }) => items), [FORM]],
  ['gives an empty menu', saying(menu => ({ ...menu, items: [] })), [FORM]],
  ['has one sku for two dishes', saying(menu => ({ ...menu, items: [...menu.items, menu.items[0]] })), [UNAMBIGUOUS]],
  ['has a modifier without a price', saying(menu => ({ ...menu, modifiers: menu.modifiers.slice(1) })), [UNAMBIGUOUS]],
  ['is sold out', saying(menu => ({ ...menu, items: menu.items.map((item: any) => ({ ...item, available: false })) })), [SOMETHING]],
  ['shows its menu to anybody', trusting, [SECRET_KEPT]],
  ['moved', status({ 200: 302 }), [GIVEN, FORM, MONEY]],
  ['gives more than a menu', saying(menu => ({ ...menu, pictures: 'x'.repeat(1024 * 1024) })), [GIVEN, FORM, MONEY]]
]

for (const [mistake, answering, fails] of broken) {
  t.test(`a restaurant's till that ${mistake} fails`, async t => {
    t.same(failed(await checkRestaurant(await startTeam(t, '/restaurant/menu', answering))).sort(), [...fails].sort())
  })
}
