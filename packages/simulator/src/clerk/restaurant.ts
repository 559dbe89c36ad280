import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Clerk, Move, Rule, ToolResult } from './clerk.ts'
import { kes } from './kes.ts'
import { Menu, MenuReader } from './menu-reader.ts'
import { listed, Order, RESTAURANT_SLOTS, sentence } from './order-words.ts'
import { ANYTHING_ELSE, goodbye, HAPANA, NDIO, NO, offerPerson, YES } from './shared-rules.ts'

const Changed = Type.Object({ changed: Type.String(), ...Order.properties })
const Proposal = Type.Object({ proposalId: Type.String(), readBack: Type.String() })
const Placed = Type.Object({ ordered: Type.Literal(true), orderNumber: Type.Integer(), totalKes: Type.Number() })

const WHAT_ELSE = 'What would you like?'

/** Takes an order in the caller's own words: which dish they mean, the tools know. */
export function restaurantClerk (): Clerk {
  const menu = new MenuReader()
  let hasOrder = false
  let confirm: string | undefined

  const ask = (name: string, args: object = {}): Move => ({ call: { name, args: { ...args } }, expect: 'open' })
  const propose = (): Move => ask('placeOrder')

  const questions: readonly Rule[] = [
    { when: ["(what is | what's) on the menu", 'what do you have', 'what can i (eat | order)', 'tell me the menu'], asText: ['mna nini', '(mna | kuna) chakula gani', 'nisomee menyu'], then: () => menu.ask() },
    { when: ['how much (is | are) [the | a] <dish>', 'what does [the | a] <dish> cost', 'do you have <dish>'], asText: ['<mlo> ni (bei gani | pesa ngapi)', 'mna <mlo>'], then: ({ dish, mlo }) => menu.ask(dish ?? mlo) },
    { when: ['what is (my | the) total', 'how much is (it | my order)', 'what did i order', 'what is my order'], asText: ['jumla [yangu] ni [pesa] ngapi', 'nimeagiza nini'], then: () => ask('getTotal') },
    { when: ['(is there | does it have) (milk | nuts | eggs) in it', 'i am allergic to (milk | nuts | eggs)'], asText: ['nina mzio wa (maziwa | njugu | mayai)'], then: () => offerPerson('About allergies I cannot promise anything.') },
    { when: ['my food is (late | cold) [again]', 'i am [very] angry', 'this is (terrible | ridiculous)'], asText: ['nimekasirika [sana]', 'chakula (kimechelewa | ni baridi)'], then: () => offerPerson('I am sorry about that.') },
    {
      when: ['(can i get | give me | i want) a discount', '(can you | please) make it cheaper', '(can i have | give me) (it | one) for free'],
      asText: ['(naomba | nipe) punguzo', 'punguza bei'],
      then: () => ({ say: `I cannot change a price. It is what the menu says. ${ANYTHING_ELSE}`, expect: 'open' })
    }
  ]
  const changes: readonly Rule[] = [
    {
      when: ['(can i have | i want | i would like [to order] | give me | [please] add | and) [a | the | <count>] [<size>] <dish> [with] [<change>]'],
      asText: ['[nataka | naomba | nipe | niletee | ongeza | na] <chakula>'],
      then: ({ count, size, dish, change, chakula }) => ask('addItem', { name: chakula ?? [count, size, dish, change].filter(Boolean).join(' ') })
    },
    {
      when: ['make (that | it) <count> [<change>]'],
      asText: ['(iwe | ziwe) <idadi> [<bila>]'],
      then: ({ count, change, idadi, bila }) => ask('addItem', { name: ['make that', count ?? idadi, change ?? bila].filter(Boolean).join(' ') })
    },
    { when: ['make (that | it) [with] <change>', '(with | and) <change>'], asText: ['[iwe | ziwe] <bila>'], then: ({ change, bila }) => ask('applyModifier', { item: 'that', modifier: change ?? bila }) },
    { when: ['(remove | take off | cancel) (the | one) <dish>'], asText: ['(ondoa | toa) <mlo>'], then: ({ dish, mlo }) => ask('removeItem', { item: dish ?? mlo }) },
    { when: ['i want to order', 'i would like to order'], asText: ['(nataka | naomba) kuagiza [chakula]'], then: () => ({ say: WHAT_ELSE, expect: 'open' }) }
  ]
  const enough: Rule = {
    when: ['no', '[no] that is (all | everything)', 'nothing else', 'no thank you', '[please] place my order'],
    asText: ['hapana [asante]', '[hapana] (basi | hayo tu | ni hayo tu)'],
    then: () => hasOrder ? propose() : goodbye()
  }

  const changed = (result: ToolResult, say: (order: { readonly changed: string, readonly items: ReadonlyArray<Parameters<typeof listed>[0][number]> }) => string): Move | null => {
    if ('error' in result) return { say: `${result.error.message}${result.error.message.endsWith('?') ? '' : ` ${WHAT_ELSE}`}` }
    if (!Value.Check(Changed, result.output)) return null
    hasOrder = result.output.items.length > 0
    return { say: hasOrder ? `${say(result.output)} ${ANYTHING_ELSE}` : `Your order is empty. ${WHAT_ELSE}` }
  }

  return {
    slots: RESTAURANT_SLOTS,
    hint: 'You can ask what is on the menu, or tell me what you would like.',
    stages: {
      open: [enough, ...questions, ...changes],
      menu: [
        { when: [...YES, 'yes go on', 'go on'], asText: [...NDIO, 'endelea'], then: () => menu.nameSome() },
        { when: NO, asText: HAPANA, then: () => ({ say: `All right. ${WHAT_ELSE}`, expect: 'open' }) },
        ...questions,
        ...changes
      ],
      confirm: [
        { when: YES, asText: NDIO, then: () => ask('placeOrder', { confirm }) },
        { when: NO, asText: HAPANA, then: () => ({ say: 'All right, nothing is ordered yet. What shall I change?', expect: 'open' }) },
        ...questions,
        ...changes
      ]
    },
    results: {
      getMenu: (result) => 'output' in result && Value.Check(Menu, result.output) ? menu.read(result.output) : null,
      addItem: (result) => changed(result, ({ changed }) => `${sentence(changed)}.`),
      applyModifier: (result) => changed(result, ({ changed }) => `${sentence(changed)}.`),
      removeItem: (result) => changed(result, ({ items }) => `It is off. That leaves ${listed(items)}.`),
      getTotal: (result) => {
        if (!('output' in result) || !Value.Check(Order, result.output)) return null
        const { items, totalKes } = result.output
        hasOrder = items.length > 0
        return { say: hasOrder ? `You have ${listed(items)}. Your total is ${kes(totalKes)}. ${ANYTHING_ELSE}` : 'You have ordered nothing yet.' }
      },
      placeOrder: (result) => {
        if ('error' in result) return { say: `${result.error.message} ${ANYTHING_ELSE}`, expect: 'open' }
        if (Value.Check(Placed, result.output)) {
          hasOrder = false
          return { say: `Thank you. Your order is number ${result.output.orderNumber}, for ${kes(result.output.totalKes)}. ${ANYTHING_ELSE}`, expect: 'open' }
        }
        if (!Value.Check(Proposal, result.output)) return null
        confirm = result.output.proposalId
        return { say: result.output.readBack, expect: 'confirm' }
      }
    }
  }
}
