import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Clerk, Move, Rule } from './clerk.ts'
import { kes } from './kes.ts'
import { paymentNews } from './payment-news.ts'
import { ANYTHING_ELSE, getPerson, NO, offerPerson, YES } from './shared-rules.ts'
import { NUMBER_SLOTS, readDigits, readNumber, readYear } from './spoken-numbers.ts'

const Verification = Type.Object({ verified: Type.Boolean(), triesLeft: Type.Integer() })
const Account = Type.Object({ balanceKes: Type.Number(), nextPaymentKes: Type.Number(), dueDateSpoken: Type.String(), status: Type.String() })
const Request = Type.Object({ proposalId: Type.String(), readBack: Type.String() })
const Proposal = Type.Object({ proposalId: Type.String(), amountKes: Type.Number(), payBySpoken: Type.String() })

const NOT_CONFIRMED = 'I could not confirm those details.'
const ASK_PROMISE = 'How much will you pay, and when?'
/** What no tool has said: a model may be talked into a guess, and this one can show what becomes of it. */
const MADE_UP = 5_000
const READ_ACCOUNT: Move = { call: { name: 'getAccount', args: {} }, expect: 'open' }

/** The lender's clerk knows nothing of an account, and asks no tool about it, before the caller has proven who they are. */
export function lenderClerk (): Clerk {
  let verified = false
  let wanted: Move = READ_ACCOUNT
  let nationalIdLast4: string | undefined
  let birthYear: number | undefined
  let amount = 0
  let request: { readonly amount: number, readonly confirm?: string } = { amount }
  let promise: { readonly amount: number, readonly payBy: string, readonly confirm?: string } = { amount, payBy: '' }

  const askIdentity = (why = ''): Move => {
    nationalIdLast4 = birthYear = undefined
    return { say: `${why} The last four digits of your ID, and your year of birth?`.trim(), expect: 'identity' }
  }
  const onceVerified = (move: Move): Move => {
    if (verified) return move
    wanted = move
    return askIdentity()
  }
  const identify = (): Move => {
    if (nationalIdLast4 === undefined) return { say: 'And the last four digits of your ID?', expect: 'identity' }
    if (birthYear === undefined) return { say: 'And your year of birth?', expect: 'identity' }
    return { call: { name: 'verifyIdentity', args: { nationalIdLast4, birthYear } } }
  }
  const propose = (payBy: string): Move => {
    promise = { amount, payBy }
    return onceVerified({ call: { name: 'recordPromiseToPay', args: promise }, expect: 'open' })
  }
  const requestNow = (): Move => {
    request = { amount }
    return onceVerified({ call: { name: 'startMpesaIntent', args: request }, expect: 'open' })
  }
  const balance: Rule = {
    when: ['what is my balance', 'i want to know my balance', 'how much do i owe', 'when is my next payment [due]', 'how much is my next payment'],
    then: () => onceVerified(READ_ACCOUNT)
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
        { when: ['i cannot pay', 'i have no money'], then: () => offerPerson('I understand.') },
        { when: ['stop calling me', 'do not call me again'], then: () => getPerson('the caller wants no more calls') },
        { when: ['this is not my loan', 'i do not have a loan'], then: () => getPerson('the caller says the debt is not theirs') }
      ],
      identity: [
        {
          when: ['[it is | my id is] <idDigits> [and] [i was born in] <birthYear>'],
          then: (heard) => {
            nationalIdLast4 = readDigits(heard.idDigits!)
            birthYear = readYear(heard.birthYear!)
            return identify()
          }
        },
        {
          when: ['[it is | my id is] <idDigits>'],
          then: (heard) => {
            nationalIdLast4 = readDigits(heard.idDigits!)
            return identify()
          }
        },
        {
          when: ['[it is | i was born in] <birthYear>'],
          then: (heard) => {
            birthYear = readYear(heard.birthYear!)
            return identify()
          }
        },
        balance
      ],
      day: [
        { when: ['[on | by] <day>'], then: (heard) => propose(heard.day!) }
      ],
      send: [
        { when: YES, then: () => ({ call: { name: 'startMpesaIntent', args: request }, expect: 'open' }) },
        { when: NO, then: () => ({ say: `All right, nothing is sent. ${ANYTHING_ELSE}`, expect: 'open' }) }
      ],
      confirm: [
        { when: YES, then: () => ({ call: { name: 'recordPromiseToPay', args: promise }, expect: 'open' }) },
        { when: NO, then: () => ({ say: `All right, nothing is written down. ${ASK_PROMISE}`, expect: 'open' }) }
      ]
    },
    news: paymentNews,
    results: {
      verifyIdentity: (result) => {
        if (!('output' in result) || !Value.Check(Verification, result.output)) return null
        verified = result.output.verified
        if (verified) return wanted
        return result.output.triesLeft > 0 ? askIdentity(NOT_CONFIRMED) : offerPerson(NOT_CONFIRMED)
      },
      getAccount: (result) => {
        if (!('output' in result) || !Value.Check(Account, result.output)) return null
        const { balanceKes, nextPaymentKes, dueDateSpoken, status } = result.output
        if (balanceKes === 0) return { say: 'Your loan is fully paid.' }
        const [day] = dueDateSpoken.split(',')
        return { say: `Your balance is ${kes(balanceKes)}. ${kes(nextPaymentKes)} ${status === 'overdue' ? 'was' : 'is'} due on ${day}.` }
      },
      startMpesaIntent: (result) => {
        if ('error' in result) return { say: `${result.error.message} ${ANYTHING_ELSE}`, expect: 'open' }
        if (!Value.Check(Request, result.output)) return { say: 'I have sent it. Enter your PIN on the phone, and stay on the line.', expect: 'open' }
        const { proposalId, readBack } = result.output
        request = { ...request, confirm: proposalId }
        return { say: readBack, expect: 'send' }
      },
      recordPromiseToPay: (result) => {
        if ('error' in result) return { say: `${result.error.message} ${ASK_PROMISE}`, expect: 'open' }
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
