import { agentOf, toolsIn, type Briefing } from '@karani/agents'
import type { CallContext } from '@karani/call-context'
import { legalNameOf, lineOf, type Lines } from '@karani/lines'
import type { LiveSetup } from '@karani/live-model'

/** What the model is told and may do in this call. */
export function setupOf (context: CallContext, openingSaid: string, lines: Lines, firstLook: Briefing['firstLook']): LiveSetup {
  const agent = agentOf(context.agent)
  const { timeZone } = lines
  const today = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full' }).format(new Date())
  const { businessName, language, direction, line } = context
  const ours = lineOf(lines, line)
  const outreach = context.outreach === undefined ? undefined : { line, legalName: ours === undefined ? businessName : legalNameOf(ours) }
  return {
    instructions: agent.instructions({ businessName, language, direction, today, timeZone, openingSaid, outreach, firstLook }),
    voice: agent.voice,
    tools: toolsIn(agent, context).map(({ name, description, parameters }) => ({ name, description, parameters }))
  }
}
