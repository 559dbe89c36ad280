import { agentOf, toolOf, type AgentId } from '@karani/agents'
import { answerQuestion } from './answer-question.ts'
import { confirmAddress } from './confirm-address.ts'
import { escalate } from './escalate.ts'
import { getAccount } from './get-account.ts'
import { getMenu } from './get-menu.ts'
import { getTotal } from './get-total.ts'
import { recordPromiseToPay } from './record-promise-to-pay.ts'
import { reschedule } from './reschedule.ts'
import type { Tool } from './tool.ts'
import { trackShipment } from './track-shipment.ts'
import { verifyIdentity } from './verify-identity.ts'

/** `endCall` is not among them: hanging up is media-gateway's own business. */
const TOOLS = new Map([
  verifyIdentity, getAccount, recordPromiseToPay, trackShipment, getMenu, getTotal, answerQuestion, escalate,
  confirmAddress, reschedule
].map(tool => [tool.name, tool]))

/** The tool of this name, if this agent has it. */
export const toolFor = (agent: AgentId, name: string): Tool | undefined => toolOf(agentOf(agent), name) && TOOLS.get(name)
