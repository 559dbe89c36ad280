import { verifyIdentity as contract } from '@karani/agents'
import { CollectionStoppedError } from '../errors.ts'
import { spokenCode } from '../speech/spoken-code.ts'
import { isAboutSomebodyElse } from './borrower.ts'
import { writing } from './tool.ts'

/** The number that the call comes from only says whose answers they may be. Who was said to be somebody else is asked no more. */
export const verifyIdentity = writing(contract, async ({ accountId, nationalIdLast4, birthYear }, { claims: { callId, caller }, now }, { identityChecks, stops }) => {
  if ((await stops.ofCollectionIn(callId)).some(isAboutSomebodyElse)) throw new CollectionStoppedError()
  const byNumber = caller === null ? null : { phone: caller }
  const candidate = accountId === undefined ? byNumber : { accountKey: spokenCode(accountId) }
  return { ...await identityChecks.check({ callId, candidate, nationalIdLast4, birthYear, at: now }) }
})
