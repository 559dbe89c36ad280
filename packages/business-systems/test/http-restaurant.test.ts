import t from 'tap'
import { httpRestaurant } from '../src/index.ts'
import { MENU, SECRET, startSystem } from './system-server.ts'

const [pilau] = MENU.items
const [noOnions] = MENU.modifiers

t.test('the menu is what its URL gives', async t => {
  const { options, asked } = await startSystem(t, { body: MENU })
  t.same(await httpRestaurant({ ...options, url: `${options.url}/menus/7?shop=westlands` }).menu(), MENU)
  t.match(asked[0], { method: 'GET', path: '/menus/7?shop=westlands', headers: { authorization: `Bearer ${SECRET}` } })
})

t.test('a menu may be as long as its lists allow', async t => {
  const items = Array.from({ length: 200 }, (_, n) => ({ ...pilau!, sku: `dish-${n}`, aliases: Array.from({ length: 20 }, () => 'x'.repeat(60)) }))
  const { options } = await startSystem(t, { body: { ...MENU, items } })
  t.equal((await httpRestaurant(options).menu()).items.length, 200)
})

t.test('a menu that can be understood in two ways, or that would sell something for nothing, is not used', async t => {
  const menus = [
    { ...MENU, items: [pilau, { ...pilau, name: 'biryani' }] },
    { ...MENU, modifiers: [noOnions, { ...noOnions, priceMinor: 100 }] },
    { ...MENU, items: [{ ...pilau, modifiers: ['extra cheese'] }] },
    { ...MENU, items: [] }
  ]
  const { options } = await startSystem(t, ...menus.map(body => ({ body })))
  const restaurant = httpRestaurant(options)
  for (const { items } of menus) await t.rejects(restaurant.menu(), { code: 'SYSTEM_UNAVAILABLE', reason: 'unreadable' }, `${items.length} items`)
})

t.test('no menu at the URL is a fault, not an empty menu', async t => {
  const { options } = await startSystem(t, { status: 404 })
  await t.rejects(httpRestaurant(options).menu(), { code: 'SYSTEM_UNAVAILABLE', reason: 'http_404' })
})
