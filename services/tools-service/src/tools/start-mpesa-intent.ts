import { startMpesaIntent as contract } from '@karani/agents'
import type { Account, PaymentTerms, Writings } from '@karani/records'
import { MpesaUnavailableError } from '../errors.ts'
import { refusalOf, takenBy } from '../payments/payment-rules.ts'
import { minorUnits, wholeUnits } from '../whole-units.ts'
import { borrowerOf } from './borrower.ts'
import { confirmed, scopeOf } from './confirmation.ts'
import { writing, type Output, type Tool, type ToolCall } from './tool.ts'

/** First a proposal that is read back, then, after the caller's yes, a row: the phone is asked once that is committed. */
const writeIntent = writing(contract, async ({ amount, confirm }, call, writings) => {
  if (call.payments === null) throw new MpesaUnavailableError()
  const account = await borrowerOf(call, writings)
  return confirm === undefined
    ? await propose(amount, account, call, writings)
    : await request(confirm, account, call, writings)
})

/** A repetition gets the same answer, and asks the phone only if nobody has. */
export const startMpesaIntent: Tool = {
  name: contract.name,
  async carryOut (args, call, records) {
    const answer = await writeIntent.carryOut(args, call, records)
    if ('output' in answer && typeof answer.output.paymentId === 'string') call.payments?.send(answer.output.paymentId)
    return answer
  }
}

async function propose (amount: number, account: Account, call: ToolCall, writings: Writings): Promise<Output> {
  await refuse(amount, account, call, writings)
  const terms: PaymentTerms = { amountMinor: minorUnits(amount), currency: account.currency }
  const proposalId = await writings.proposals.propose(scopeOf(contract, account.accountId, call), terms)
  const ending = [...account.phoneEnding].join(' ')
  return { proposalId, readBack: `I will send a request for ${amount} shillings to the phone on your record, ending in ${ending}. Shall I?`, amountKes: amount }
}

async function request (proposalId: string, { accountId }: Account, call: ToolCall, writings: Writings): Promise<Output> {
  const { proposals, paymentIntents } = writings
  const { claims: { callId }, now: at } = call
  const intent = confirmed(await proposals.confirm<PaymentTerms, PaymentTerms & { intentId: string }>(proposalId, scopeOf(contract, accountId, call), async terms => {
    await paymentIntents.lockAccount(accountId) // what is owed and what was asked stay as they are until the row is there
    await refuse(wholeUnits(terms.amountMinor), await borrowerOf(call, writings), call, writings)
    return { ...terms, intentId: await paymentIntents.create({ ...terms, proposalId, callId, accountId, at, nextCheckAt: takenBy(at) }) }
  }))
  return {
    requested: true,
    paymentId: intent.intentId,
    amountKes: wholeUnits(intent.amountMinor),
    message: 'The request is on its way to the phone. It is not paid yet: say so, and wait until you are told the outcome.'
  }
}

async function refuse (amount: number, { accountId, balanceMinor }: Account, { claims: { callId }, payments, now: at }: ToolCall, { paymentIntents }: Writings): Promise<void> {
  const history = await paymentIntents.history(accountId, callId)
  const refusal = refusalOf({ amount, balanceMinor, maxAmount: payments!.maxAmount, history, at })
  if (refusal !== null) throw refusal
}
