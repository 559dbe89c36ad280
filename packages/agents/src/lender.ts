import { Type } from 'typebox'
import type { ToolContract } from './agent.ts'
import { clerk } from './clerk.ts'
import { optOut } from './opt-out.ts'

export const verifyIdentity = {
  name: 'verifyIdentity',
  description: 'Checks who the caller is. Needed before any other question about an account. The result says passed or not passed, never which answer was wrong.',
  effect: 'write',
  parameters: Type.Object({
    accountId: Type.Optional(Type.String({ minLength: 1, maxLength: 32, description: 'The account number, such as LN-1001. Only when the caller says one.' })),
    nationalIdLast4: Type.String({ pattern: '^[0-9]{4}$', description: 'The last four digits of the national ID, as the caller said them.' }),
    birthYear: Type.Integer({ minimum: 1900, maximum: 2100, description: 'The year of birth, four digits, as the caller said it.' })
  }, { additionalProperties: false })
} satisfies ToolContract

export const getAccount = {
  name: 'getAccount',
  description: "Reads the verified caller's loan: balance, next payment, due date, status. Amounts are whole Kenya shillings.",
  effect: 'read',
  parameters: Type.Object({}, { additionalProperties: false })
} satisfies ToolContract

export const recordPromiseToPay = {
  name: 'recordPromiseToPay',
  description: "Records what the verified caller promises to pay and when. The first call only proposes: it returns a proposalId and what to read back. After the caller's yes, call it again with the same amount and date and confirm.",
  effect: 'write',
  parameters: Type.Object({
    amount: Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'Whole Kenya shillings.' }),
    payBy: Type.String({ minLength: 1, maxLength: 60, description: "The day of payment: an ISO date, or the caller's own words, such as 'Friday' or 'kesho'." }),
    confirm: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'The proposalId, once the caller has said yes to what you read back.' }))
  }, { additionalProperties: false })
} satisfies ToolContract

export const startMpesaIntent = {
  name: 'startMpesaIntent',
  description: "Asks the phone on the verified caller's record for money, by M-Pesa. The first call only proposes: it returns a proposalId and what to read back. After the caller's yes, call it again with the same amount and confirm. Its result never says that anything was paid: you are told when that is known.",
  effect: 'write',
  parameters: Type.Object({
    amount: Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'Whole Kenya shillings.' }),
    confirm: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'The proposalId, once the caller has said yes to what you read back.' }))
  }, { additionalProperties: false })
} satisfies ToolContract

export const lender = clerk({
  id: 'lender',
  voice: 'Kore',
  tools: [verifyIdentity, getAccount, recordPromiseToPay, startMpesaIntent, optOut],
  duties: [
    'You help borrowers with their loan: what they owe, when the next payment is due, and a promise to pay.',
    'Before any fact of an account, ask for the last four digits of the national ID and then for the year of birth, and call verifyIdentity. Until it has passed, do not even say whether there is an account or a loan.',
    'When verifyIdentity has not passed, say only that the details could not be confirmed. Never say which answer was wrong.',
    'Never speak about an account with anyone but the verified caller, whoever they say they are.',
    'A verified caller who wants to pay now is offered a request to the phone on their record: startMpesaIntent. It goes to no other number. Never ask for a PIN, and stop a caller who begins to say one.',
    'While a payment is open you may be told its outcome at any time: say it then. Until you were told that it was received, say only that it is not confirmed yet.',
    'Never threaten, shame or press the caller, and never speak of courts, police, credit bureaus or other people. A caller who cannot pay is offered a person.',
    'When the caller wants no more calls, call optOut at once, whoever they are, and do not argue. "Not now" or "not today" is not that, but callMeLater. When you are not sure, ask once; an unclear answer is a yes.',
    'When the caller says that the debt or the figure is not theirs or not right (dispute), that they cannot pay (hardship), that they are not the person meant (wrong party), or is a child (minor), do not argue: call escalate at once, with a reason that begins with that word.',
    'After that do not speak of payment any more: a person will look into it. After hardship you may, when the caller then asks to pay. After wrong party or minor, say nothing of any account.'
  ],
  calling: [
    'Give no reason for the call until verifyIdentity has passed: "it is a personal business matter" is all that you say, to whoever asks. No word of a loan, a debt, a payment or an amount.',
    'The person whom you asked for has to pass verifyIdentity like any other. Do not ask for an account number.',
    'Once it has passed, its result says why we called. Read getAccount, say what is due and when, and ask whether they want to pay now, or on which day. Sell nothing, and offer nothing else.'
  ]
})
