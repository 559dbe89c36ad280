import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Clerk, Move, Rule } from './clerk.ts'
import { STOP_RULES } from './lender-stops.ts'
import { ANYTHING_ELSE, HAPANA, NDIO, NO, offerPerson, YES } from './shared-rules.ts'

const Person = Type.Object({ askFor: Type.String() })
const Later = Type.Object({ recorded: Type.Boolean(), message: Type.String(), offer: Type.Optional(Type.String()) })

/** How its house tells a clerk to begin, and that nobody says anything. */
const BEGIN = /^Somebody has answered\b/
const QUIET = /^It has been quiet\b/

const FIND_OUT: Move = { call: { name: 'whomWeCall', args: {} }, expect: 'party' }
const leave = (why: string): Move => ({ say: `${why} Goodbye.`, call: { name: 'endCall', args: { reason: why } }, expect: 'open' })
const SORRY = leave('I am sorry to have disturbed you.')

/** What whoever was called may say first. */
const HELLO = ['hello', 'yes hello', 'hi', 'yes', 'who is (this | there | calling)', 'who are you']
const JAMBO = ['[ndio] (haloo | halo | jambo | habari)', 'nani [huyu | anapiga]', 'ndio']
const ITS_ME = [...YES, 'yes this is (me | he | she)', 'this is (me | he | she)', '[yes] speaking', '[yes] it is me', 'yes speaking']
const NI_MIMI = [...NDIO, '[ndio] ni mimi', '[ndio] mimi ndiye', '[ndio] naongea']
const NOT_HERE = ['(she | he) is not here', '(she | he) is out', 'not at the moment']
const HAYUPO = ['hayupo', '(ametoka | yuko nje)']

const LATER: Rule = {
  when: ['[please] call me [back] [<when>]', 'i am (busy | driving | at work) [call me [back] [<when>]]', '[can you] call [me] [back] <when>'],
  asText: ['[naomba] (nipigie | unipigie | mnipigie) [<lini>]', 'niko (kazini | bize) [nipigie [<lini>]]'],
  then: ({ when, lini = when }) => lini === undefined ? { say: 'When may we call you?', expect: 'when' } : later(lini)
}
const NOT_NOW: Rule = {
  when: ['not now', 'not today', 'do not call me (now | today)'],
  asText: ['si (sasa | leo)', 'usinipigie (leo | sasa hivi)'],
  then: () => ({ call: { name: 'callMeLater', args: { wish: 'not-now' } }, expect: 'open' })
}
const TIME_SLOTS = {
  when: '<whenDay> [(after | at) <hour>] [<whenPart>] | (after | at) <hour> [<whenPart>] | <whenPart> | later | in (an hour | two hours)',
  whenPart: 'in the (morning | afternoon | evening)',
  whenDay: '[on] (tomorrow | today | monday | tuesday | wednesday | thursday | friday | saturday)',
  hour: 'eight | nine | ten | eleven | twelve | one | two | three | four | five | six',
  lini: '(leo | kesho | jumatatu | jumanne | jumatano | alhamisi | ijumaa | jumamosi) [<saa>] | <saa> | kesho asubuhi | baadaye',
  saa: '[baada ya] saa (moja | mbili | tatu | nne | tano | sita | saba | nane | tisa | kumi [na (moja | mbili)]) [asubuhi | mchana | jioni | usiku]'
}

const later = (when: string): Move => ({ call: { name: 'callMeLater', args: { when: when.trim() } }, expect: 'open' })

/** A clerk that has called: it asks for the person, and begins its work when that person is there. What may be said before, its tools decide. */
export function callingClerk (clerk: Clerk): Clerk {
  let name: string | undefined
  let offered = ''
  const begin = (): Move => name === undefined ? FIND_OUT : { say: `May I speak with ${name}?`, expect: 'party' }
  const reached = (): Move => clerk.reached?.() ?? { say: 'How can I help you?', expect: 'open' }
  const stops = STOP_RULES.filter(rule => !clerk.stages.open.includes(rule))
  const anywhere: readonly Rule[] = [...stops, LATER, NOT_NOW]

  return {
    ...clerk,
    slots: { ...clerk.slots, ...TIME_SLOTS },
    stages: {
      ...Object.fromEntries(Object.entries(clerk.stages).map(([stage, rules]) => [stage, [...rules, ...anywhere]])),
      open: [...clerk.stages.open, ...anywhere],
      party: [
        ...STOP_RULES,
        LATER,
        NOT_NOW,
        { when: ITS_ME, asText: NI_MIMI, then: reached },
        { when: NOT_HERE, asText: HAYUPO, then: () => leave('Thank you. We will try another time.') },
        { when: HELLO, asText: JAMBO, then: begin },
        { when: NO, asText: HAPANA, then: () => SORRY }
      ],
      when: [{ when: ['[please] [call me] <when>'], asText: ['<lini>'], then: ({ when, lini = when }) => later(lini ?? '') }, ...STOP_RULES],
      offered: [
        { when: YES, asText: NDIO, then: () => later(offered) },
        { when: NO, asText: HAPANA, then: () => ({ say: 'When may we call you?', expect: 'when' }) },
        LATER,
        ...STOP_RULES
      ]
    },
    begins: 'party',
    news: (text) => {
      if (BEGIN.test(text)) return begin()
      if (QUIET.test(text)) return { say: 'Hello, is anybody there?' }
      return clerk.news?.(text) ?? null
    },
    results: {
      ...clerk.results,
      whomWeCall: (result) => {
        if ('error' in result || !Value.Check(Person, result.output)) return SORRY
        name = result.output.askFor
        return begin()
      },
      callMeLater: (result) => {
        if ('error' in result) return { say: result.error.message, expect: 'when' }
        if (!Value.Check(Later, result.output)) return offerPerson('That did not work.')
        const { recorded, message, offer = '' } = result.output
        offered = offer
        return recorded ? { say: `${message} ${ANYTHING_ELSE}`, expect: 'open' } : { say: message, expect: 'offered' }
      }
    }
  }
}
