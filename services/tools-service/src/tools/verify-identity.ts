import { verifyIdentity as contract } from '@karani/agents'
import type { CallClaims } from '@karani/call-token'
import { CollectionStoppedError } from '../errors.ts'
import { spokenCode } from '../speech/spoken-code.ts'
import { isAboutSomebodyElse } from './borrower.ts'
import { writing, type Output } from './tool.ts'

/**
 * Whose answers they may be, the number that the call comes from says, or, where we called, the account that we called about: that, and no other
 * of the same number. Who was said to be somebody else is asked no more.
 */
export const verifyIdentity = writing(contract, async ({ accountId: said, nationalIdLast4, birthYear }, { claims: { callId, caller, outreach }, now }, { accounts, identityChecks, stops }) => {
  if ((await stops.ofCollectionIn(callId)).some(isAboutSomebodyElse)) throw new CollectionStoppedError()
  const accountId = said ?? outreach?.subject
  const byNumber = caller === null ? null : { phone: caller }
  const candidate = accountId === undefined ? byNumber : { accountKey: spokenCode(accountId) }
  const verdict = await identityChecks.check({ callId, candidate, nationalIdLast4, birthYear, at: now })
  const isWhomWeCalled = verdict.verified && outreach !== undefined && await accounts.verifiedKeyIn(callId, now) === spokenCode(outreach.subject)
  return { ...verdict, ...(isWhomWeCalled && reasonOf(outreach)) }
})

/** Told to nobody else. */
function reasonOf ({ purpose }: NonNullable<CallClaims['outreach']>): Output {
  return { weCalledAbout: purpose === 'collection' ? 'a payment that is overdue' : 'a payment that is due soon' }
}
