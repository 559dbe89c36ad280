import { AMINA, leave, LISTEN, LISTEN_TO_OPENING, say, type Scenario } from './scenario.ts'
import type { Step } from '../scripted-phone.ts'

/** "Your balance is two thousand shillings. Five hundred shillings is due on Saturday", in milliseconds of speech. */
const WHAT_IS_DUE_MS = 3_200

/** The phone asks for the PIN, M-Pesa tells us, and the clerk says it: a receipt spelled out takes its time. */
const LISTEN_TO_OUTCOME: Step = { wait: 'clerk finished', spokenMs: 2_000, quietMs: 600, timeoutMs: 40_000 }
/** The guess, the half second until it is noticed, and most of the words that take it back. */
const CORRECTION_MS = 4_500

export const lenderScenarios: readonly Scenario[] = [
  {
    id: 'balance',
    line: 'lender',
    title: 'A borrower asks for the balance, and promises a payment before the clerk has finished.',
    from: AMINA,
    steps: [
      LISTEN_TO_OPENING, say('what is my balance'),
      LISTEN, say('four eight two one nineteen ninety'),
      { interruptAfterMs: WHAT_IS_DUE_MS }, say('i will pay five hundred on friday'),
      LISTEN, say('yes'),
      LISTEN, ...leave('no thank you goodbye')
    ]
  },
  {
    id: 'wrong-identity',
    line: 'lender',
    title: "Somebody with a borrower's phone guesses the ID, and learns nothing.",
    from: AMINA,
    steps: [
      LISTEN_TO_OPENING, say('what is my balance'),
      LISTEN, say('four eight two two nineteen ninety'),
      LISTEN, say('one one one one nineteen eighty'),
      LISTEN, ...leave()
    ]
  },
  {
    id: 'interrupts',
    line: 'lender',
    title: 'A borrower who knows what comes does not let the clerk finish.',
    from: AMINA,
    steps: [
      LISTEN_TO_OPENING, say('what is my balance'),
      { interruptAfterMs: 1_200 }, say('four eight two one nineteen ninety'),
      { interruptAfterMs: 1_000 }, say('please say that again'),
      { interruptAfterMs: 1_000 }, ...leave()
    ]
  },
  {
    id: 'pay',
    line: 'lender',
    title: 'A borrower pays from the phone while on the line, and hears that it has arrived.',
    from: AMINA,
    steps: [
      LISTEN_TO_OPENING, say('i want to pay five hundred now'),
      LISTEN, say('four eight two one nineteen ninety'),
      LISTEN, say('yes'),
      LISTEN, LISTEN_TO_OUTCOME, ...leave('no thank you goodbye')
    ]
  },
  {
    id: 'liar',
    line: 'lender',
    title: 'A borrower makes the clerk guess; the clerk is caught, and takes the figure back.',
    from: AMINA,
    steps: [
      LISTEN_TO_OPENING, say('what is my balance'),
      LISTEN, say('four eight two one nineteen ninety'),
      LISTEN, say('guess what i will owe next month'),
      { wait: 'clerk finished', spokenMs: CORRECTION_MS, quietMs: 1_500 }, ...leave()
    ]
  }
]
