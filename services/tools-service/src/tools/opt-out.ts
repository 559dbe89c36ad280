import { optOut as contract } from '@karani/agents'
import { NumberHiddenError } from '../errors.ts'
import { writing } from './tool.ts'

/** Anybody may stop calls to the number that they call from, and, where we called, those about what we called about; a borrower who has proved who they are, those to any number. */
export const optOut = writing(contract, async ({ scope = 'calls' }, { claims: { callId, caller, callerTurn, outreach }, now }, { accounts, stops }) => {
  const verifiedId = (await accounts.verifiedIn(callId, now))?.accountId ?? null
  const accountId = verifiedId ?? outreach?.subject ?? null
  if (caller === null && accountId === null) throw new NumberHiddenError()
  await stops.stop({ phone: caller, accountId, reason: 'opt-out', scope, callId, callerTurn, at: now, until: null })
  return { recorded: true, message: `We will not call ${verifiedId === null ? 'this number' : 'you'} again${scope === 'all' ? ', nor send messages' : ''}.` }
})
