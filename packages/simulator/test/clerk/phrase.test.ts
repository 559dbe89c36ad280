import { recognise } from '@karani/speech'
import fc from 'fast-check'
import t from 'tap'
import { phrasesOf, type Trade } from '../../src/clerk/index.ts'
import { grammarOf, hear } from '../../src/clerk/phrase.ts'
import { say } from './say.ts'

const TRADES: readonly Trade[] = ['lender', 'courier', 'restaurant', 'support']
const SLOTS = { day: '[next] (monday | friday) | tomorrow', amount: '<unit> hundred', unit: 'two | five' }

t.test('a phrase is taken apart into what was said for its slots', async (t) => {
  const phrase = '(can i | i will) pay <amount> [shillings] [on | by] <day>'
  t.same(hear('can i pay five hundred on next friday', phrase, SLOTS), { amount: 'five hundred', day: 'next friday' })
  t.same(hear('good morning i will pay two hundred shillings tomorrow please', phrase, SLOTS), { amount: 'two hundred', day: 'tomorrow' })
  t.equal(hear('can i pay five hundred', phrase, SLOTS), null)
  t.equal(hear('can i pay five hundreds on friday', phrase, SLOTS), null)
})

for (const trade of TRADES) {
  const { stages, slots } = phrasesOf(trade)
  for (const [stage, phrases] of Object.entries(stages)) {
    t.test(`${trade}, ${stage}: whatever the grammar allows to say is taken apart again`, async () => {
      fc.assert(fc.property(fc.constantFrom(...phrases), fc.infiniteStream(fc.nat()), (phrase, choices) => {
        const text = say(phrase, slots, (n) => choices.next().value % n)
        return text === '' || hear(text, phrase, slots) !== null
      }))
    })

    t.test(`${trade}, ${stage}: the recogniser takes the grammar and knows every word`, async (t) => {
      t.same(await recognise(new Int16Array(0), grammarOf(phrases, slots)), { text: '', confidence: 0 })
    })
  }
}
