import { tone } from '@karani/audio'
import { SAMPLE_RATE_HZ } from '../../carrier/phone.ts'
import type { Step } from '../scripted-phone.ts'
import { AMINA, leave, LISTEN, say, sayExactly } from './scenario.ts'

/** Somebody whom the business calls, as data. */
export interface Callee {
  /** Unique. */
  readonly id: string
  /** What happens, in one sentence. */
  readonly title: string
  /** Whose clerk calls. */
  readonly line: 'lender' | 'courier'
  readonly answers: readonly Step[] | 'busy' | 'nobody'
}

/** Who is called hears who it is, and then a question: "May I speak with Amina?" */
const LISTEN_TO_CALLER: readonly Step[] = [{ wait: 'clerk finished', spokenMs: 2_600, quietMs: 220 }, { wait: 'clerk finished', spokenMs: 500, quietMs: 400 }]
const LISTEN_TO_OUTCOME: Step = { wait: 'clerk finished', spokenMs: 2_000, quietMs: 600, timeoutMs: 40_000 }

export const callees: readonly Callee[] = [
  {
    id: 'promises',
    line: 'lender',
    title: 'A borrower is there, proves it, hears what is due, and promises it.',
    answers: [
      ...LISTEN_TO_CALLER, say('yes speaking'),
      LISTEN, say('four eight two one nineteen ninety'),
      LISTEN, say('i will pay five hundred on friday'),
      LISTEN, say('yes'),
      LISTEN, ...leave('no thank you goodbye')
    ]
  },
  {
    id: 'pays',
    line: 'lender',
    title: 'A borrower who is late pays from the phone while on the line.',
    answers: [
      ...LISTEN_TO_CALLER, say('yes speaking'),
      LISTEN, say('seven seven three four nineteen eighty five'),
      LISTEN, say('i want to pay three thousand one hundred now'),
      LISTEN, say('yes'),
      LISTEN, LISTEN_TO_OUTCOME, ...leave('no thank you goodbye')
    ]
  },
  { id: 'later', line: 'lender', title: 'A borrower is at work, and wants to be called after five, or whenever we may.', answers: [...LISTEN_TO_CALLER, say('i am busy call me after five'), LISTEN, say('yes'), LISTEN, ...leave('no thank you goodbye')] },
  { id: 'no-more-calls', line: 'lender', title: 'Somebody wants no more calls.', answers: [...LISTEN_TO_CALLER, say('do not call me again'), LISTEN, ...leave()] },
  { id: 'wrong-number', line: 'lender', title: 'Nobody of that name has this number.', answers: [...LISTEN_TO_CALLER, say('wrong number'), LISTEN, ...leave()] },
  {
    id: 'kiswahili',
    line: 'lender',
    title: 'Amina answers in Kiswahili, which the offline clerk gets as text, and wants to be called tomorrow.',
    answers: [...LISTEN_TO_CALLER, sayExactly('ndio ni mimi'), LISTEN, sayExactly('nipigie kesho baada ya saa tatu asubuhi'), LISTEN, ...leave()]
  },
  {
    id: 'voicemail',
    line: 'lender',
    title: 'A machine answers, and records.',
    answers: [say('hello you have reached my voicemail please leave a message after the tone'), { say: tone(1_000, 500, SAMPLE_RATE_HZ) }, { pauseMs: 90_000 }, { hangUp: true }]
  },
  { id: 'at-home', line: 'courier', title: 'A recipient will be at home.', answers: [...LISTEN_TO_CALLER, say('yes speaking'), LISTEN, say('yes'), LISTEN, ...leave('no thank you goodbye')] },
  { id: 'busy', line: 'lender', title: 'The number is engaged.', answers: 'busy' },
  { id: 'no-answer', line: 'lender', title: 'The phone rings, and nobody takes it.', answers: 'nobody' }
]

/** How the numbers of the demo records answer unless somebody says otherwise, the one that is called by the lender first. Every other number rings out. */
export const DEMO_CALLEES: ReadonlyMap<string, readonly string[]> = new Map([
  [AMINA, ['promises', 'at-home']],
  ['+254722000002', ['pays', 'at-home']],
  ['+254733000003', ['no-more-calls']],
  ['+254744000004', ['voicemail']],
  ['+254755000005', ['later']],
  ['+254766000006', ['at-home']]
])
