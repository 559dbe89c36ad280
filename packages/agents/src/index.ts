import type { Agent, AgentId, ToolContract } from './agent.ts'
import { courier } from './courier.ts'
import { lender } from './lender.ts'
import { restaurant } from './restaurant.ts'
import { support } from './support.ts'

export * from './agent.ts'
export { confirmAddress, reschedule, trackShipment } from './courier.ts'
export { getAccount, recordPromiseToPay, startMpesaIntent, verifyIdentity } from './lender.ts'
export * from './notices.ts'
export { BEGIN, callMeLater, callOpening, pleaseCall, QUIET, whomWeCall } from './outreach.ts'
export { optOut } from './opt-out.ts'
export * from './plain-text.ts'
export { addItem, applyModifier, getMenu, getTotal, placeOrder, removeItem } from './restaurant.ts'
export * from './shared-tools.ts'
export { answerQuestion } from './support.ts'

const AGENTS: Readonly<Record<AgentId, Agent>> = { lender, courier, restaurant, support }

export const agentOf = (id: AgentId): Agent => AGENTS[id]

/** The tools that the model has in a call: whom to ask for, only where the business called. */
export const toolsIn = ({ tools, outreachLook }: Agent, call: { readonly outreach?: unknown }): readonly ToolContract[] =>
  call.outreach === undefined ? tools.filter(({ name }) => name !== outreachLook) : tools

/** The contract of a tool that this agent may call; undefined for every other name, another agent's tools included. */
export const toolOf = (agent: Agent, name: string): ToolContract | undefined => agent.tools.find(tool => tool.name === name)
