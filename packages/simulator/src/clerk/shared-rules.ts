import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Clerk, Move, Rule } from './clerk.ts'

export const YES = ['yes', 'yes i do', 'yes that is (right | correct)', 'that is (right | correct)', 'correct', 'okay']
export const NO = ['no', 'no that is (wrong | not right | not correct)', 'no i do not']

/** Where the exact text comes through. */
export const NDIO = ['ndio', 'ndiyo', 'sawa', '(ndio | ndiyo) ni sawa']
export const HAPANA = ['hapana', 'la', 'hapana si sawa']

export const ANYTHING_ELSE = 'Anything else?'

/** Offers a person; a yes gets one. */
export function offerPerson (why: string): Move {
  return { say: `${why} Shall I get a person to help you?`, expect: 'offer' }
}

export function getPerson (reason: string): Move {
  return { call: { name: 'escalate', args: { reason } }, expect: 'open' }
}

export const goodbye = (): Move => ({ say: 'Goodbye.', call: { name: 'endCall', args: { reason: 'the caller said goodbye' } } })

/** The answers to `offerPerson`. */
export const OFFER_RULES: readonly Rule[] = [
  { when: YES, asText: NDIO, then: () => getPerson('the caller accepted the offer of a person') },
  { when: NO, asText: HAPANA, then: () => ({ say: `All right. ${ANYTHING_ELSE}`, expect: 'open' }) }
]

/** What nobody asked for any more may still be said: the end of a conversation. */
export const CLOSING_RULES: readonly Rule[] = [
  { when: ['no', 'no that is all', 'that is all', 'nothing else'], asText: ['hapana [asante]', '[hapana] (basi | hayo tu | ni hayo tu)'], then: goodbye }
]

/** Understood at any time. */
export const SHARED_RULES: readonly Rule[] = [
  { when: ['[no] [thank you | thanks] (goodbye | bye)', 'that is all [thank you] goodbye'], asText: ['[hapana] [asante [sana]] kwaheri'], then: goodbye },
  {
    when: ['(i want | i would like) to (speak | talk) to (a person | somebody | a human)', '(can | may) i (speak | talk) to (a person | somebody | a human)', 'get me a person'],
    asText: ['(nataka | naomba) kuongea na mtu'],
    then: () => getPerson('the caller asked for a person')
  }
]

/** Asks for the last words again. */
export const REPEAT_PHRASES = ['say that again', 'please say that again', '(can | could) you (say that again | repeat that)', 'pardon', 'what did you say']

const Message = Type.Object({ message: Type.String() })

export const SHARED_RESULTS: Clerk['results'] = {
  escalate: (result) => {
    if ('error' in result) return { say: result.error.message }
    return { say: `${Value.Check(Message, result.output) ? result.output.message : 'Somebody will call you back.'} ${ANYTHING_ELSE}` }
  },
  endCall: () => ({})
}
