import type { Agent, AgentId, ToolContract } from './agent.ts'
import { instructionsFor } from './instructions.ts'
import { oneLine } from './one-line.ts'
import { callMeLater, whomWeCall } from './outreach.ts'
import { endCall, escalate } from './shared-tools.ts'

/** What sets one clerk apart from the others. */
export interface Persona {
  readonly id: AgentId
  readonly voice: string
  readonly tools: readonly ToolContract[]
  /** One of `tools`. */
  readonly firstLook?: ToolContract & { readonly effect: 'read' }
  /** Rules of this trade, a sentence or two each. */
  readonly duties: readonly string[]
  /** Rules of a call that the business places; a clerk without any places none. */
  readonly calling?: readonly string[]
}

/** Every clerk is called Karani, says so, can reach a person and can hang up. */
export function clerk ({ id, voice, duties, calling, firstLook, tools: ownTools }: Persona): Agent {
  const tools = [...ownTools, ...(calling === undefined ? [] : [whomWeCall, callMeLater]), escalate, endCall]
  return {
    id,
    voice,
    tools,
    ...(firstLook && { firstLook: firstLook.name }),
    ...(calling && { outreachLook: whomWeCall.name }),
    instructions: briefing => instructionsFor({ duties, calling, tools, firstLook: firstLook?.name }, briefing),
    opening: businessName => `Hello, this is ${oneLine(businessName, 60)}. I am Karani, an automated assistant. How can I help you?`
  }
}
