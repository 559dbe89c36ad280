import { agentOf } from '@karani/agents'
import type { CallContext } from '@karani/call-context'
import type { CallClaims } from '@karani/call-token'
import { Value } from 'typebox/value'
import { Type, type Static } from 'typebox'
import type { ToolCall } from '@karani/live-model'
import type { ToolOutcome, ToolResult } from './tool-desk.ts'

/** The caller hears the opening meanwhile; a model that waited longer for this could be late for the caller's first words. */
const PATIENCE_MS = 250

const Facts = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))

export interface FirstLookPorts {
  run (call: ToolCall, claims: CallClaims, signal: AbortSignal): Promise<ToolResult>
  seen (tool: string, outcome: ToolOutcome, durationMs: number): void
}

/**
 * What may be known before anybody has said a word: of a person by the number that rings, or of whom we called. It is what the agent's look
 * for that returns, by the same door and with the same token as any tool call. Never rejects; undefined when there is nothing to know, or it does not come in time.
 */
export async function firstLook ({ callId, agent, caller, direction, outreach }: CallContext, { run, seen }: FirstLookPorts, patienceMs = PATIENCE_MS): Promise<Static<typeof Facts> | undefined> {
  const { firstLook, outreachLook } = agentOf(agent)
  const tool = outreach !== undefined ? outreachLook : direction === 'inbound' ? firstLook : undefined
  if (tool === undefined || caller === null) return undefined
  const startedAt = performance.now()
  const patience = AbortSignal.timeout(patienceMs)
  try {
    const { outcome, response } = await run({ id: 'first-look', name: tool, args: {} }, { callId, agent, caller, ...(outreach && { outreach }), callerTurn: 0 }, patience)
    seen(tool, outcome, performance.now() - startedAt)
    return 'output' in response && Value.Check(Facts, response.output) ? response.output : undefined
  } catch {
    seen(tool, patience.aborted ? 'timeout' : 'unavailable', performance.now() - startedAt)
    return undefined
  }
}
