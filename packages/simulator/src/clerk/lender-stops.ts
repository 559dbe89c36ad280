import type { Move, Rule } from './clerk.ts'
import { getPerson, offerPerson } from './shared-rules.ts'

const stopCalls = (scope?: 'all'): Move => ({ call: { name: 'optOut', args: scope === undefined ? {} : { scope } }, expect: 'open' })

/** What ends calls, or the talk of the debt: said at any time, and taken as it is said. */
export const STOP_RULES: readonly Rule[] = [
  {
    when: ['(stop calling me | do not call me again | no more calls | take me off your list | remove my number)'],
    asText: ['(acha | acheni) kunipigia [simu]', '(usinipigie | msinipigie) [simu] tena', 'sitaki (simu zenu | kupigiwa [simu])', 'niondoe kwenye orodha', 'futa namba yangu'],
    then: () => stopCalls()
  },
  { when: ['i do not want to hear from you [again]', 'leave me alone'], asText: ['msinisumbue', 'wachana na mimi'], then: () => stopCalls('all') },
  {
    when: ['(this | that) is not my (loan | debt)', 'i do not have a loan', 'i do not owe you anything', '(the | my) balance is wrong', 'i have already paid'],
    asText: ['(hili | hilo) si deni langu', 'mkopo si wangu', 'sina (deni | mkopo)', 'nimeshalipa'],
    then: () => getPerson('dispute: the caller says that the debt is not right')
  },
  {
    when: ['i cannot pay', 'i have no money', 'i lost my job'],
    asText: ['siwezi kulipa', 'sina (pesa | kazi)', 'nimepoteza kazi'],
    then: () => getPerson('hardship: the caller cannot pay')
  },
  {
    when: ['[you have the] wrong number', 'i am not (him | her | that person)', 'i do not know that person'],
    asText: ['(umekosea | mmekosea) namba', 'si mimi'],
    then: () => getPerson('wrong party')
  },
  { when: ['i am (only | just) a child', 'i am [only] (ten | eleven | twelve | thirteen | fourteen | fifteen) years old'], asText: ['mimi ni mtoto'], then: () => getPerson('minor') },
  { when: ['i am (very | so) angry', 'this is (ridiculous | terrible)', 'you are wasting my time'], asText: ['nimekasirika [sana]'], then: () => offerPerson('I am sorry about that.') }
]
