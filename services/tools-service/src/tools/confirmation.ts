import type { NotConfirmed, ProposalScope } from '@karani/records'
import { ProposalExpiredError, ProposalNotAnsweredError, ProposalSupersededError, ProposalUnknownError } from '../errors.ts'
import type { ToolCall } from './tool.ts'

const REFUSALS: Readonly<Record<NotConfirmed, new () => Error>> = {
  unknown: ProposalUnknownError,
  'too-early': ProposalNotAnsweredError,
  expired: ProposalExpiredError,
  superseded: ProposalSupersededError
}

/** Whose yes a confirmation in this call means. */
export const scopeOf = (tool: { readonly name: string }, subject: string, { claims: { callId, callerTurn }, now }: ToolCall): ProposalScope =>
  ({ callId, tool: tool.name, subject, callerTurn, at: now })

/** @throws the refusal, when nothing was confirmed */
export function confirmed<Result extends object> (result: Result | NotConfirmed): Result {
  if (typeof result === 'string') throw new REFUSALS[result]()
  return result
}
