import { agentOf, type Briefing } from '@karani/agents'
import type { CallContext } from '@karani/call-context'
import type { LiveSetup } from '@karani/live-model'

/** What the model is told and may do in this call. */
export function setupOf (context: CallContext, openingSaid: string, timeZone: string, firstLook: Briefing['firstLook']): LiveSetup {
  const agent = agentOf(context.agent)
  const today = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full' }).format(new Date())
  const { businessName, language, direction } = context
  return {
    instructions: agent.instructions({ businessName, language, direction, today, timeZone, openingSaid, firstLook }),
    voice: agent.voice,
    tools: agent.tools.map(({ name, description, parameters }) => ({ name, description, parameters }))
  }
}
