import t from 'tap'
import type { MenuCard } from '@karani/business-systems'
import { guests } from '../guest.ts'
import { build } from '../helper.ts'
import { startBusiness } from './business.ts'

const CARD: MenuCard = {
  currency: 'KES',
  items: [
    { sku: 'githeri', name: 'githeri', aliases: ['beans and maize'], modifiers: ['extra avocado'], priceMinor: 25_000, available: true },
    { sku: 'pilau', name: 'beef pilau', aliases: [], modifiers: [], priceMinor: 60_000, available: false },
    { sku: 'chai', name: 'chai', aliases: ['tea'], modifiers: ['no sugar'], priceMinor: 8_000, available: true }
  ],
  modifiers: [{ name: 'extra avocado', aliases: ['avocado'], priceMinor: 5_000 }, { name: 'no sugar', aliases: [], priceMinor: 0 }]
}

const till = await startBusiness(t)
till.menu = CARD
const house = await build(t, { env: till.till })
const { clock, db } = house
const ring = guests(t, house)
const after = (ms: number): void => { clock.now = new Date(clock.now.getTime() + ms) }
const menu = async () => (await house.tool('getMenu', {}, { agent: 'restaurant' })).body.output?.['items']

t.test('the menu is that of the till, in its order, sold-out dishes too; the demo menu is gone', async (t) => {
  t.strictSame(await menu(), [
    { name: 'githeri', priceKes: 250, available: true, modifiers: [{ name: 'extra avocado', priceKes: 50 }] },
    { name: 'beef pilau', priceKes: 600, available: false, modifiers: [] },
    { name: 'chai', priceKes: 80, available: true, modifiers: [{ name: 'no sugar', priceKes: 0 }] }
  ])
  t.strictSame((await db.query('select name from business.menu_modifiers order by 1')).rows, [{ name: 'extra avocado' }, { name: 'no sugar' }])
})

t.test('it is asked for once in 60 s, however many order', async (t) => {
  till.asked.length = 0
  after(59_999)
  await Promise.all(Array.from({ length: 20 }, menu))
  t.equal(till.asked.length, 0)
  after(1)
  await Promise.all(Array.from({ length: 20 }, menu))
  t.equal(till.asked.length, 1)
})

t.test('an order is taken at the prices of the till, and what is sold out there is refused', async (t) => {
  const guest = await ring()
  t.match((await guest.tool('addItem', { name: 'two githeri with avocado' })).body.output, { totalKes: 600 })
  t.equal((await guest.tool('addItem', { name: 'one beef pilau' })).body.error?.code, 'ITEM_UNAVAILABLE')
  t.equal((await guest.tool('addItem', { name: 'a chicken burger' })).body.error?.code, 'ITEM_UNKNOWN')
  after(60_000)
  till.menu = { ...CARD, items: CARD.items.map(item => ({ ...item, priceMinor: item.priceMinor + 1_000, available: item.sku !== 'chai' })), modifiers: CARD.modifiers.map(modifier => ({ ...modifier, priceMinor: 6_000 })) }
  t.match((await guest.tool('getTotal')).body.output, { totalKes: 640 }, 'it has become dearer')
  t.match((await guest.tool('addItem', { name: 'one beef pilau' })).body.output, { totalKes: 1_250 })
  t.equal((await guest.tool('addItem', { name: 'one tea' })).body.error?.code, 'ITEM_UNAVAILABLE')
  const { output: proposal } = (await guest.tool('placeOrder', {}, { turn: 1 })).body
  t.match((await guest.tool('placeOrder', { confirm: proposal!['proposalId'] }, { turn: 2 })).body.output, { ordered: true, totalKes: 1_250 })
})

t.test('without the till there is no order, unless the copy is young', async (t) => {
  till.away = true
  t.ok(await menu())
  after(60_000)
  const started = performance.now()
  const replies = await Promise.all(['getMenu', 'getTotal', 'placeOrder'].map(async tool => await house.tool(tool, {}, { agent: 'restaurant' })))
  for (const { status, body } of replies) t.match({ status, body }, { status: 503, body: { error: { code: 'TEMPORARILY_UNAVAILABLE' } } })
  t.ok(performance.now() - started < 3_000)
  till.away = false
  till.menu = { ...CARD, items: [CARD.items[0]!, CARD.items[0]!] }
  t.equal((await house.tool('getMenu', {}, { agent: 'restaurant' })).status, 503, 'a menu that cannot be right is none')
  till.menu = CARD
  t.equal((await menu()).length, 3)
})
