import { Type, type Static } from 'typebox'
import type { Move } from './clerk.ts'
import { kes } from './kes.ts'
import { and, sentence } from './order-words.ts'

const Dish = Type.Object({ name: Type.String(), priceKes: Type.Number(), available: Type.Boolean() })
export const Menu = Type.Object({ items: Type.Array(Dish) })

/** More are too many to remember. */
const AT_A_TIME = 3
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'chicken sandwich': 'chicken burger',
  hamburger: 'beef burger',
  burger: 'beef burger',
  chips: 'fries',
  coke: 'soda',
  fanta: 'soda',
  sprite: 'soda',
  wings: 'chicken wings',
  'burger ya kuku': 'chicken burger',
  'burger ya nyama': 'beef burger',
  chipsi: 'fries',
  vibanzi: 'fries',
  kinywaji: 'soda',
  mabawa: 'chicken wings',
  'mabawa ya kuku': 'chicken wings'
}

/** Tells what there is to eat, some at a time, or what one dish costs. */
export class MenuReader {
  #wanted: string | undefined
  #dishes: Array<Static<typeof Dish>> = []
  #named = 0

  ask (dish?: string): Move {
    this.#wanted = dish === undefined ? undefined : menuName(dish)
    return { call: { name: 'getMenu', args: {} }, expect: 'open' }
  }

  read ({ items }: Static<typeof Menu>): Move {
    this.#dishes = items.filter(({ available }) => available)
    this.#named = 0
    const wanted = this.#wanted
    if (wanted === undefined) return this.nameSome()
    const dish = items.find(({ name }) => name === wanted)
    if (dish === undefined) return { say: `We have no ${wanted}.` }
    const [first] = this.#dishes
    return { say: dish.available ? `${sentence(describe(dish))}.` : `I am sorry, ${dish.name} is sold out today.${first === undefined ? '' : ` We have ${describe(first)}.`}` }
  }

  nameSome (): Move {
    const some = this.#dishes.slice(this.#named, this.#named += AT_A_TIME).map(describe)
    const more = this.#dishes.length > this.#named
    return { say: `${sentence(and(some))}. ${more ? 'Shall I go on?' : 'That is all we have.'}`, expect: more ? 'menu' : 'open' }
  }
}

function menuName (dish: string): string {
  const singular = dish.replace(/burgers$/, 'burger').replace(/^baga/, 'burger')
  return OTHER_NAMES[singular] ?? singular
}

function describe ({ name, priceKes }: Static<typeof Dish>): string {
  return `${name} for ${kes(priceKes)}`
}
