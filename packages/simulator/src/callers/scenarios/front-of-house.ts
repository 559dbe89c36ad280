import { AMINA, leave, LISTEN, LISTEN_TO_OPENING, say, type Scenario } from './scenario.ts'

export const supportScenarios: readonly Scenario[] = [
  {
    id: 'hours',
    line: 'support',
    title: 'A customer asks when the office is open.',
    from: AMINA,
    steps: [LISTEN_TO_OPENING, say('what are your opening hours'), LISTEN, ...leave()]
  }
]
