import type { Account, CollectionStopped, Readings } from '@karani/records'
import { CollectionStoppedError, VerificationRequiredError } from '../errors.ts'
import type { ToolCall } from './tool.ts'

/**
 * The account of the borrower on the line, for a tool that speaks of it.
 * @throws CollectionStoppedError where this call must not speak of a debt, VerificationRequiredError where the caller has not proved who they are
 */
export async function borrowerOf ({ claims: { callId, callerTurn }, now }: ToolCall, { accounts, stops }: Readings): Promise<Account> {
  const stopped = await stops.ofCollectionIn(callId)
  if (stopped.some(stop => endsTalk(stop, callerTurn))) throw new CollectionStoppedError()
  const account = await accounts.verifiedIn(callId, now)
  if (account === undefined) throw new VerificationRequiredError()
  return account
}

/** Who cannot pay may still wish to pay something: that is theirs to say, in a later turn. The others end the talk of it for this call. */
function endsTalk ({ reason, callerTurn: saidIn }: CollectionStopped, callerTurn: number): boolean {
  return reason !== 'hardship' || callerTurn <= (saidIn ?? callerTurn)
}

/** The person on the line is not the borrower, or not one to speak to about money: nobody proves to be anybody in this call any more. */
export const isAboutSomebodyElse = ({ reason }: Pick<CollectionStopped, 'reason'>): boolean => reason === 'wrong-party' || reason === 'minor'
