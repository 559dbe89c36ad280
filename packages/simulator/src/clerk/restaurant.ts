import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Clerk, Move, Rule } from './clerk.ts'
import { kes } from './kes.ts'
import { NO, offerPerson, YES } from './shared-rules.ts'

const Dish = Type.Object({ name: Type.String(), priceKes: Type.Number(), available: Type.Boolean() })
const Menu = Type.Object({ items: Type.Array(Dish) })
const Total = Type.Object({ totalKes: Type.Number() })

/** More are too many to remember. */
const AT_A_TIME = 3
const OTHER_NAMES: Readonly<Record<string, string>> = { 'chicken sandwich': 'chicken burger', hamburger: 'beef burger', chips: 'fries', coke: 'soda', fanta: 'soda', sprite: 'soda', wings: 'chicken wings' }
const NO_ORDERS = offerPerson('I am sorry, I cannot take an order.')

export function restaurantClerk (): Clerk {
  let wanted: string | undefined
  let menu: Array<Static<typeof Dish>> = []
  let named = 0

  const readMenu = (dish?: string): Move => {
    wanted = dish === undefined ? undefined : menuName(dish)
    return { call: { name: 'getMenu', args: {} }, expect: 'open' }
  }
  const nameSome = (): Move => {
    const some = menu.slice(named, named += AT_A_TIME).map(describe)
    const more = menu.length > named
    return { say: `${list(some)}. ${more ? 'Shall I go on?' : 'That is all we have.'}`, expect: more ? 'menu' : 'open' }
  }

  const questions: readonly Rule[] = [
    { when: ["(what is | what's) on the menu", 'what do you have', 'what can i (eat | order)', 'tell me the menu'], then: () => readMenu() },
    { when: ['how much (is | are) [the | a] <dish>', 'what does [the | a] <dish> cost', 'do you have <dish>'], then: (heard) => readMenu(heard.dish) },
    { when: ['(can i have | i want | i would like [to order]) [a | <count>] <dish>', 'i want to order', 'i would like to order'], then: () => NO_ORDERS },
    { when: ['what is (my | the) total', 'how much is (it | my order)'], then: () => ({ call: { name: 'getTotal', args: {} } }) },
    { when: ['(is there | does it have) (milk | nuts | eggs) in it', 'i am allergic to (milk | nuts | eggs)'], then: () => offerPerson('About allergies I cannot promise anything.') }
  ]

  return {
    slots: { dish: 'chicken (burger | burgers | sandwich) | beef (burger | burgers) | hamburger | fries | chips | soda | coke | fanta | sprite | [chicken] wings', count: '(one | two | three | four | five)' },
    hint: 'You can ask what is on the menu, or what a dish costs.',
    stages: {
      open: questions,
      menu: [
        { when: [...YES, 'yes go on', 'go on'], then: nameSome },
        { when: NO, then: () => ({ say: 'All right. What would you like to know?', expect: 'open' }) },
        ...questions
      ]
    },
    results: {
      getMenu: (result) => {
        if (!('output' in result) || !Value.Check(Menu, result.output)) return null
        menu = result.output.items.filter(({ available }) => available)
        named = 0
        if (wanted === undefined) return nameSome()
        const dish = result.output.items.find(({ name }) => name === wanted)
        if (dish === undefined) return { say: `We have no ${wanted}.` }
        return { say: dish.available ? `${sentence(describe(dish))}.` : `I am sorry, ${dish.name} is sold out today.${menu[0] === undefined ? '' : ` We have ${describe(menu[0])}.`}` }
      },
      getTotal: (result) => {
        if (!('output' in result) || !Value.Check(Total, result.output)) return null
        return { say: result.output.totalKes === 0 ? 'You have ordered nothing yet.' : `Your total is ${kes(result.output.totalKes)}.` }
      }
    }
  }
}

function menuName (dish: string): string {
  const singular = dish.replace(/burgers$/, 'burger')
  return OTHER_NAMES[singular] ?? singular
}

function describe ({ name, priceKes }: Static<typeof Dish>): string {
  return `${name} for ${kes(priceKes)}`
}

function list (items: readonly string[]): string {
  return sentence(new Intl.ListFormat('en').format(items))
}

function sentence (text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
