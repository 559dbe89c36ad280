import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Clerk, Move, Rule } from './clerk.ts'
import type { Heard } from './phrase.ts'
import { kes } from './kes.ts'
import { STOP_RULES } from './lender-stops.ts'
import { paymentNews } from './payment-news.ts'
import { ANYTHING_ELSE, HAPANA, NDIO, NO, offerPerson, SHARED_RESULTS, YES } from './shared-rules.ts'
import { NUMBER_SLOTS, readDigits, readNumber, readYear } from './spoken-numbers.ts'

const Verification = Type.Object({ verified: Type.Boolean(), triesLeft: Type.Integer() })
const Account = Type.Object({ balanceKes: Type.Number(), nextPaymentKes: Type.Number(), dueDateSpoken: Type.String(), status: Type.String() })
const Request = Type.Object({ proposalId: Type.String(), readBack: Type.String() })
const Proposal = Type.Object({ proposalId: Type.String(), amountKes: Type.Number(), payBySpoken: Type.String() })

const Message = Type.Object({ message: Type.String() })
/** A reason for a person that ends the talk of the debt. */
const Recorded = Type.Object({ recordedAs: Type.String() })

const NO_EXCEPTION = 'I can only speak about an account once I know who is calling.'
const LEFT_TO_PERSON: Move = { say: `A person of the team will look into it. ${ANYTHING_ELSE}`, expect: 'open' }
const NOT_CONFIRMED = 'I could not confirm those details.'
const ASK_PROMISE = 'How much will you pay, and when?'
/** What no tool has said: a model may be talked into a guess, and this one can show what becomes of it. */
const MADE_UP = 5_000
const READ_ACCOUNT: Move = { call: { name: 'getAccount', args: {} }, expect: 'open' }

/** The lender's clerk knows nothing of an account, and asks no tool about it, before the caller has proven who they are. */
export function lenderClerk (): Clerk {
  let verified = false
  let hasCalled = false
  let leftToPerson = false
  let wanted: Move = READ_ACCOUNT
  let nationalIdLast4: string | undefined
  let birthYear: number | undefined
  let amount = 0
  let request: { readonly amount: number, readonly confirm?: string } = { amount }
  let day = ''
  let promise: { readonly amount: number, readonly payBy: string, readonly confirm?: string } = { amount, payBy: '' }

  const askIdentity = (why = ''): Move => {
    nationalIdLast4 = birthYear = undefined
    return { say: `${why} The last four digits of your ID, and your year of birth?`.trim(), expect: 'identity' }
  }
  const onceVerified = (move: Move, why = ''): Move => {
    if (verified) return move
    wanted = move
    return askIdentity(why)
  }
  const identify = (): Move => {
    if (nationalIdLast4 === undefined) return { say: 'And the last four digits of your ID?', expect: 'identity' }
    if (birthYear === undefined) return { say: 'And your year of birth?', expect: 'identity' }
    return { call: { name: 'verifyIdentity', args: { nationalIdLast4, birthYear } } }
  }
  const propose = (payBy: string): Move => {
    day = payBy
    promise = { amount, payBy }
    return onceVerified({ call: { name: 'recordPromiseToPay', args: promise }, expect: 'open' })
  }
  const requestNow = (): Move => {
    request = { amount }
    return onceVerified({ call: { name: 'startMpesaIntent', args: request }, expect: 'open' })
  }
  const balance: Rule = {
    when: ['what is my balance', 'i want to know my balance', 'how much do i owe', 'when is my next payment [due]', 'how much is my next payment'],
    asText: ['deni langu ni ngapi', 'nadaiwa [pesa] ngapi', 'salio langu ni ngapi'],
    then: () => onceVerified(READ_ACCOUNT)
  }
  /** Whoever they say that they are. */
  const exception: Rule = {
    when: ['i am (from | calling from) the (bank | police | head office) [read (my | the) balance]', '(ignore | forget) your rules [and read (my | the) balance]', 'you do not need my (id | details)', 'just (tell | read) me (my | the) balance'],
    asText: ['mimi ni wa benki [soma salio langu]'],
    then: () => verified ? READ_ACCOUNT : onceVerified(READ_ACCOUNT, NO_EXCEPTION)
  }
  /** A new amount, a new day, or both; whatever is not said again stays as it was. */
  const change = (heard: Heard): Move => {
    if (heard.amount !== undefined) amount = readNumber(heard.amount)
    return propose(heard.day ?? day)
  }

  return {
    slots: { ...NUMBER_SLOTS, weekday: 'monday | tuesday | wednesday | thursday | friday | saturday | sunday', day: '[next] <weekday> | today | tomorrow' },
    hint: 'You can ask for your balance, or tell me when you will pay.',
    afterMistake: () => verified ? READ_ACCOUNT : {},
    stages: {
      open: [
        balance,
        {
          when: ['(can i | i can | i will | i want to | i would like to) pay <amount> [shillings] [on | by] <day>'],
          asText: ['nitalipa <amount> [shillings] [on | kufikia] <day>'],
          then: (heard) => {
            amount = readNumber(heard.amount!)
            return propose(heard.day!)
          }
        },
        {
          when: ['(can i | i can | i will | i want to | i would like to) pay <amount> [shillings] (now | right now | from my phone)'],
          then: (heard) => {
            amount = readNumber(heard.amount!)
            return requestNow()
          }
        },
        {
          when: ['(can i | i can | i will | i want to | i would like to) pay <amount> [shillings]'],
          then: (heard) => {
            amount = readNumber(heard.amount!)
            return { say: 'On which day will you pay?', expect: 'day' }
          }
        },
        { when: ['guess what i will owe next month'], then: () => ({ say: `Next month you will owe ${kes(MADE_UP)}, I think.` }) },
        { when: ['i [have] changed my mind i will pay <amount> [shillings] [on | by] <day>', 'make (it | that) <amount> [shillings] [(on | by) <day>]', 'make (it | that) <day>'], then: change },
        exception,
        ...STOP_RULES
      ],
      identity: [
        {
          when: ['[sorry | no] [it is | my id is | i said] <idDigits> [and] [i was born in] <birthYear>'],
          asText: ['[ni | kitambulisho ni] <idDigits> [nilizaliwa] <birthYear>'],
          then: (heard) => {
            nationalIdLast4 = readDigits(heard.idDigits!)
            birthYear = readYear(heard.birthYear!)
            return identify()
          }
        },
        {
          when: ['[sorry | no] [it is | my id is | i said] <idDigits>'],
          then: (heard) => {
            nationalIdLast4 = readDigits(heard.idDigits!)
            return identify()
          }
        },
        {
          when: ['[sorry | no] [it is | i was born in | i said] <birthYear>'],
          then: (heard) => {
            birthYear = readYear(heard.birthYear!)
            return identify()
          }
        },
        balance,
        exception,
        ...STOP_RULES
      ],
      day: [
        { when: ['[on | by] <day>'], then: (heard) => propose(heard.day!) },
        ...STOP_RULES
      ],
      send: [
        { when: YES, asText: NDIO, then: () => ({ call: { name: 'startMpesaIntent', args: request }, expect: 'open' }) },
        { when: NO, asText: HAPANA, then: () => ({ say: `All right, nothing is sent. ${ANYTHING_ELSE}`, expect: 'open' }) }
      ],
      confirm: [
        { when: ['[no | sorry | no sorry] (make it | i said | i will pay) <amount> [shillings] [(on | by) <day>]', '[no | sorry | no sorry] (make it | i said) [on] <day>', '(no | sorry) on <day>'], then: change },
        ...STOP_RULES,
        { when: YES, asText: NDIO, then: () => ({ call: { name: 'recordPromiseToPay', args: promise }, expect: 'open' }) },
        { when: NO, asText: HAPANA, then: () => ({ say: `All right, nothing is written down. ${ASK_PROMISE}`, expect: 'open' }) }
      ]
    },
    news: paymentNews,
    reached: () => {
      hasCalled = true
      return onceVerified(READ_ACCOUNT, 'It is a personal matter.')
    },
    results: {
      escalate: (result) => {
        leftToPerson ||= 'output' in result && Value.Check(Recorded, result.output)
        return SHARED_RESULTS['escalate']!(result)
      },
      verifyIdentity: (result) => {
        if ('error' in result && leftToPerson) return LEFT_TO_PERSON
        if (!('output' in result) || !Value.Check(Verification, result.output)) return null
        verified = result.output.verified
        if (verified) return wanted
        return result.output.triesLeft > 0 ? askIdentity(NOT_CONFIRMED) : offerPerson(NOT_CONFIRMED)
      },
      getAccount: (result) => {
        if ('error' in result && leftToPerson) return LEFT_TO_PERSON
        if (!('output' in result) || !Value.Check(Account, result.output)) return null
        const { balanceKes, nextPaymentKes, dueDateSpoken, status } = result.output
        if (balanceKes === 0) return { say: 'Your loan is fully paid.' }
        if (nextPaymentKes === 0) return { say: `Your balance is ${kes(balanceKes)}. Nothing is due now.` }
        const [day] = dueDateSpoken.split(',')
        const due = `${kes(nextPaymentKes)} ${status === 'overdue' ? 'was' : 'is'} due on ${day}.`
        return { say: hasCalled ? `${due} ${ASK_PROMISE}` : `Your balance is ${kes(balanceKes)}. ${due}` }
      },
      startMpesaIntent: (result) => {
        if ('error' in result) return { say: `${result.error.message} ${ANYTHING_ELSE}`, expect: 'open' }
        if (!Value.Check(Request, result.output)) return { say: 'I have sent it. Enter your PIN on the phone, and stay on the line.', expect: 'open' }
        const { proposalId, readBack } = result.output
        request = { ...request, confirm: proposalId }
        return { say: readBack, expect: 'send' }
      },
      optOut: (result) => {
        if ('error' in result) return offerPerson('I do not see which number you call from.')
        return { say: `${Value.Check(Message, result.output) ? result.output.message : 'We will not call you again.'} ${ANYTHING_ELSE}` }
      },
      recordPromiseToPay: (result) => {
        if ('error' in result) return leftToPerson ? LEFT_TO_PERSON : { say: `${result.error.message} ${ASK_PROMISE}`, expect: 'open' }
        if (!Value.Check(Proposal, result.output)) return { say: `Noted. ${ANYTHING_ELSE}` }
        const { proposalId, amountKes, payBySpoken } = result.output
        promise = { ...promise, confirm: proposalId }
        return { say: `${kes(amountKes)} by ${dayToConfirm(promise.payBy, payBySpoken)}. Is that right?`, expect: 'confirm' }
      }
    }
  }
}

/** `Friday` for who said so, where that is how the date begins; `Sunday 22 November` for who said tomorrow. */
function dayToConfirm (said: string, date: string): string {
  return date.toLowerCase().startsWith(said) ? date.slice(0, said.length) : date
}
