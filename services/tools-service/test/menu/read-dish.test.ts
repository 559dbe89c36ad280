import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import fc from 'fast-check'
import { readDish } from '../../src/menu/read-dish.ts'
import { MENU } from './demo-menu.ts'

const found: ReadonlyArray<readonly [words: string, sku: string, quantity: number | null, ...modifiers: string[]]> = [
  ['chicken burger', 'chicken-burger', null],
  ['two chicken burgers', 'chicken-burger', 2],
  ['Two CHICKEN BURGERS, please!', 'chicken-burger', 2],
  ['a couple of hamburgers', 'beef-burger', 2],
  ['a chicken sandwich', 'chicken-burger', null],
  ['three chicken sandwiches', 'chicken-burger', 3],
  ['2 beef burgers with no onions and extra cheese', 'beef-burger', 2, 'no onions', 'extra cheese'],
  ['one spicy beef burger without mayo', 'beef-burger', 1, 'no mayo', 'spicy'],
  ['large fries', 'fries', null, 'large'],
  ['masala chips', 'fries', null, 'masala'],
  ['twenty-five sodas', 'soda', 25],
  ['a dozen cokes', 'soda', 12],
  ['chicken wings', 'chicken-wings', null],
  ['a beef one', 'beef-burger', 1],
  ['burger ya kuku mbili', 'chicken-burger', 2],
  ['naomba baga ya nyama moja bila vitunguu', 'beef-burger', 1, 'no onions'],
  ['chipsi kubwa tatu tafadhali', 'fries', 3, 'large'],
  ['soda kumi na mbili bila barafu', 'soda', 12, 'no ice'],
  ['nyama', 'beef-burger', null],
  ['kuku burger', 'chicken-burger', null]
]
for (const [words, sku, quantity, ...modifiers] of found) {
  t.test(`'${words}' is ${quantity ?? 'some'} of ${sku}${modifiers.map(name => `, ${name}`).join('')}`, async (t) => {
    const read = readDish(words, MENU)
    t.match(read, { kind: 'dish', item: { sku }, inAll: false })
    if (read.kind === 'dish') t.strictSame([read.quantity, read.modifiers], [quantity, modifiers])
  })
}

const last: ReadonlyArray<readonly [words: string, quantity: number | null, inAll: boolean, rest: string[]]> = [
  ['make that two', 2, true, []],
  ['make it three please', 3, true, []],
  ['iwe mbili', 2, true, []],
  ['make that two, no onions', 2, true, ['no', 'onion']],
  ['another one', 1, false, []],
  ['moja zaidi', 1, false, []],
  ['the same again', null, false, []],
  ['make it spicy', null, true, ['spicy']],
  ['that', null, false, []]
]
for (const [words, quantity, inAll, rest] of last) {
  t.test(`'${words}' is about the last dish`, async (t) => {
    t.strictSame(readDish(words, MENU), { kind: 'last', words: rest, quantity, inAll })
  })
}

t.test("'make that two chicken burgers' says how many there are in all", async (t) => {
  t.match(readDish('make that two chicken burgers', MENU), { kind: 'dish', item: { sku: 'chicken-burger' }, quantity: 2, inAll: true })
})

for (const [words, ...skus] of [
  ['burger', 'chicken-burger', 'beef-burger'], ['two burgers', 'chicken-burger', 'beef-burger'], ['kuku', 'chicken-burger', 'chicken-wings'],
  ['chicken', 'chicken-burger', 'chicken-wings'], ['beef burger and fries', 'beef-burger', 'fries'], ['burger with no onions', 'chicken-burger', 'beef-burger']
] as const) {
  t.test(`'${words}' could be ${skus.join(' or ')}`, async (t) => {
    const read = readDish(words, MENU)
    t.equal(read.kind, 'ambiguous')
    if (read.kind === 'ambiguous') t.same(read.candidates.map(({ sku }) => sku), skus)
  })
}

t.test('what is not on the menu is not found, though something near may be told', async (t) => {
  for (const words of ['pizza', 'ugali na sukuma', 'fish', 'a discount', "'; drop table orders; --", '\u0000']) t.not(readDish(words, MENU).kind, 'dish', words)
  const read = readDish('cheecken burgas', MENU)
  t.equal(read.kind, 'unknown')
  if (read.kind === 'unknown') t.equal(read.near[0]?.sku, 'chicken-burger')
  t.same(readDish('pizza', MENU), { kind: 'unknown', near: [] })
})

t.test('a change that a dish does not have is no dish, and is not left out in silence', async (t) => {
  t.match(readDish('chicken burger with bacon', MENU), { kind: 'modifier-unknown', item: { sku: 'chicken-burger' } })
  t.match(readDish('masala soda', MENU), { kind: 'modifier-unknown', item: { sku: 'soda' } })
  t.match(readDish('diet coke', MENU), { kind: 'modifier-unknown', item: { sku: 'soda' } })
})

t.test('two numbers are not one quantity', async (t) => {
  t.same(readDish('two chicken burgers, one with no onions', MENU), { kind: 'count-unclear' })
})

const NUMBERS = [
  [1, 'one moja 1'], [2, 'two mbili 2 mawili'], [3, 'three tatu'], [5, 'five tano'], [7, 'seven saba'], [10, 'ten kumi 10'], [11, 'eleven'], [15, 'fifteen'], [20, 'twenty ishirini 20']
] as const
const plural = (name: string): string => name.endsWith('s') ? name : /(ch|sh|x)$/.test(name) ? `${name}es` : `${name}s`

t.test('any name of any dish, in any number, with any of its changes, in any wrapping, is that dish', async (t) => {
  const unambiguous = MENU.flatMap(item => [item.name, ...item.aliases].map(name => ({ item, name }))).filter(({ name }) => name !== 'kuku')
  const wish = fc.constantFrom(...unambiguous).chain(({ item, name }) => fc.record({
    item: fc.constant(item),
    name: fc.constantFrom(name, plural(name), name.toUpperCase(), `${name}.`),
    number: fc.constantFrom(...NUMBERS),
    spelling: fc.nat(),
    after: fc.boolean(),
    modifiers: fc.subarray([...item.modifiers]),
    alias: fc.nat(),
    before: fc.constantFrom('', 'please', 'can I have', 'naomba', 'I would like', 'nipe')
  }))
  fc.assert(fc.property(wish, ({ item, name, number: [quantity, spellings], spelling, after, modifiers, alias, before }) => {
    const spelt = spellings.split(' ')
    const number = spelt[spelling % spelt.length]!
    const changes = modifiers.map(({ name, aliases }) => [name, ...aliases][alias % (aliases.length + 1)]!)
    const words = [before, ...(after ? [name, number] : [number, name]), ...changes].join(' ')
    const read = readDish(words, MENU)
    return read.kind === 'dish' && read.item.sku === item.sku && read.quantity === quantity && isDeepStrictEqual(read.modifiers, modifiers.map(({ name }) => name))
  }), { numRuns: 1_000 })
})

t.test('whatever is said, what is found is on the menu with changes that it has', async (t) => {
  const anything = fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('two', 'mbili', 'make', 'that', 'no', 'bila', 'onions', 'chicken', 'burger', 'kuku', 'large', '999', 'extra', 'fries', '-1', '1e21', '0.5'), { maxLength: 8 }).map(words => words.join(' ')))
  fc.assert(fc.property(anything, words => {
    const read = readDish(words, MENU)
    if (read.kind !== 'dish') return true
    const { modifiers } = MENU.find(item => item === read.item)!
    return read.modifiers.every(name => modifiers.some(modifier => modifier.name === name)) && (read.quantity === null || Number.isInteger(read.quantity))
  }), { numRuns: 2_000 })
})
