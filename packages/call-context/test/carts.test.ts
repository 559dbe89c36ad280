import t from 'tap'
import { cartKey, Carts, type CartChange, type CartOwner } from '../src/index.ts'
import { emptyRedis } from './redis.ts'

const redis = await emptyRedis(t)
const carts = new Carts(redis)

let numbers = 0
const ownerOf = (call = 'HD_1', caller: string | null = `+2547${10_000_000 + numbers++}`, line: string | null = '+254711000003'): CartOwner => ({ callId: call, caller, line })

/** So many more sodas; answers with how many there are. */
const sodas = (more: number) => (cart: { readonly lines: ReadonlyArray<{ readonly quantity: number }> } | undefined): CartChange => {
  const quantity = (cart?.lines[0]?.quantity ?? 0) + more
  return { lines: [{ sku: 'soda', modifiers: [], quantity }], last: 0, answer: { quantity } }
}

t.test('a cart is of a number and a line; without either, of the call', async (t) => {
  const [mine, hidden] = [ownerOf(), ownerOf('HD_1', null)]
  t.equal(cartKey(mine), cartKey({ ...mine, callId: 'HD_2' }))
  t.not(cartKey(mine), cartKey({ ...mine, line: '+254711000009' }))
  t.not(cartKey(mine), cartKey(ownerOf()))
  for (const anonymous of [hidden, { ...mine, line: null }]) t.not(cartKey(anonymous), cartKey({ ...anonymous, callId: 'HD_2' }))
  t.match(cartKey(mine), /^cart:[\w-]{43}$/)
})

t.test('a change makes another state of the same cart, which lasts for ten minutes', async (t) => {
  const owner = ownerOf()
  t.equal(await carts.get(owner), undefined)
  t.same(await carts.change(owner, { id: 'a' }, sodas(2)), { quantity: 2 })
  const first = await carts.get(owner)
  await redis.expire(cartKey(owner), 5)
  t.same(await carts.change({ ...owner, callId: 'HD_2' }, { id: 'a' }, sodas(1)), { quantity: 3 }, 'of another call')
  const second = await carts.get(owner)
  t.equal(second?.cartId, first?.cartId)
  t.not(second?.revision, first?.revision)
  t.ok(await redis.ttl(cartKey(owner)) > 590)
})

t.test('the same function call changes a cart once, and is answered alike', async (t) => {
  const owner = ownerOf()
  const answers = await Promise.all([1, 2, 3].map(async () => await carts.change(owner, { id: 'same' }, sodas(2))))
  t.same(answers, Array(3).fill({ quantity: 2 }))
})

t.test('a change that is refused changes nothing', async (t) => {
  const owner = ownerOf()
  await carts.change(owner, { id: 'a' }, sodas(1))
  const before = await redis.get(cartKey(owner))
  await t.rejects(carts.change(owner, { id: 'b' }, () => { throw new Error('sold out') }), { message: 'sold out' })
  t.equal(await redis.get(cartKey(owner)), before)
})

t.test('a cart that is spent is begun anew, by whoever comes first', async (t) => {
  const owner = ownerOf()
  await carts.change(owner, { id: 'a' }, sodas(5))
  const { cartId: spent } = (await carts.get(owner))!
  const answers = await Promise.all(['b', 'c'].map(async id => await carts.change(owner, { id, spent }, sodas(1))))
  t.same(answers.map(({ quantity }) => quantity).sort(), [1, 2])
  t.not((await carts.get(owner))?.cartId, spent)
})

t.test('changes of two calls at once are all made, each once, twenty times', async (t) => {
  for (let round = 0; round < 20; round++) {
    const owner = ownerOf()
    await Promise.all(Array.from({ length: 40 }, async (_, i) => await carts.change({ ...owner, callId: `HD_${i % 2}` }, { id: `f${i >> 2}` }, sodas(1))))
    t.equal((await carts.get(owner))?.lines[0]?.quantity, 20, 'ten function calls in each of two calls, each made twice')
  }
})

t.test('what is remembered is bounded', async (t) => {
  const owner = ownerOf()
  for (let i = 0; i < 30; i++) await carts.change(owner, { id: `f${i}` }, sodas(1))
  t.equal((await carts.get(owner))?.answers.length, 8)
})

t.test('a cart of another shape is absent, counted, and replaced by the next change', async (t) => {
  const corrupt: string[] = []
  const counting = new Carts(redis, what => { corrupt.push(what) })
  const owner = ownerOf()
  await redis.set(cartKey(owner), '{"lines":"many"}')
  t.equal(await counting.get(owner), undefined)
  t.same(await counting.change(owner, { id: 'a' }, sodas(1)), { quantity: 1 })
  t.same(corrupt, ['cart', 'cart'])
})
