import { AMINA, leave, LISTEN, LISTEN_TO_OPENING, say, sayExactly, type Scenario } from './scenario.ts'

export const supportScenarios: readonly Scenario[] = [
  {
    id: 'hours',
    line: 'support',
    title: 'A customer asks when the office is open.',
    from: AMINA,
    steps: [LISTEN_TO_OPENING, say('what are your opening hours'), LISTEN, ...leave()]
  },
  {
    id: 'unknown-question',
    line: 'support',
    title: 'A customer asks what the front desk does not know, and gets a person.',
    from: AMINA,
    steps: [LISTEN_TO_OPENING, say('what is the weather'), LISTEN, say('yes'), LISTEN, ...leave()]
  },
  {
    id: 'kiswahili',
    line: 'support',
    title: 'A customer asks for the way in Kiswahili, which the offline clerk gets as text.',
    from: AMINA,
    steps: [LISTEN_TO_OPENING, sayExactly('ofisi yenu iko wapi'), LISTEN, ...leave()]
  }
]
