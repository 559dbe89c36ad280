import { agentOf, toolOf, type AgentId } from '@karani/agents'
import { addItem } from './add-item.ts'
import { answerQuestion } from './answer-question.ts'
import { applyModifier } from './apply-modifier.ts'
import { callMeLater } from './call-me-later.ts'
import { confirmAddress } from './confirm-address.ts'
import { escalate } from './escalate.ts'
import { getAccount } from './get-account.ts'
import { getMenu } from './get-menu.ts'
import { getTotal } from './get-total.ts'
import { optOut } from './opt-out.ts'
import { placeOrder } from './place-order.ts'
import { recordPromiseToPay } from './record-promise-to-pay.ts'
import { removeItem } from './remove-item.ts'
import { reschedule } from './reschedule.ts'
import { startMpesaIntent } from './start-mpesa-intent.ts'
import type { Tool } from './tool.ts'
import { trackShipment } from './track-shipment.ts'
import { verifyIdentity } from './verify-identity.ts'
import { whomWeCall } from './whom-we-call.ts'

/** `endCall` is not among them: hanging up is media-gateway's own business. */
const TOOLS = new Map([
  verifyIdentity, getAccount, recordPromiseToPay, startMpesaIntent, optOut, trackShipment, confirmAddress, reschedule,
  getMenu, addItem, applyModifier, removeItem, getTotal, placeOrder, answerQuestion, whomWeCall, callMeLater, escalate
].map(tool => [tool.name, tool]))

/** The tool of this name, if this agent has it. */
export const toolFor = (agent: AgentId, name: string): Tool | undefined => toolOf(agentOf(agent), name) && TOOLS.get(name)
