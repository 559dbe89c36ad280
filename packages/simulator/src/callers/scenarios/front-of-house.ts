import { AMINA, leave, LISTEN, LISTEN_TO_OPENING, say, STRANGER, type Scenario } from './scenario.ts'

export const restaurantScenarios: readonly Scenario[] = [
  {
    id: 'menu',
    line: 'restaurant',
    title: 'A guest asks what there is to eat, and what the fries cost.',
    from: STRANGER,
    steps: [LISTEN_TO_OPENING, say('what is on the menu'), LISTEN, say('how much are the fries'), LISTEN, ...leave()]
  }
]

export const supportScenarios: readonly Scenario[] = [
  {
    id: 'hours',
    line: 'support',
    title: 'A customer asks when the office is open.',
    from: AMINA,
    steps: [LISTEN_TO_OPENING, say('what are your opening hours'), LISTEN, ...leave()]
  }
]
