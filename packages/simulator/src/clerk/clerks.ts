import { callingClerk } from './calling.ts'
import type { Clerk } from './clerk.ts'
import { courierClerk } from './courier.ts'
import { phrasesOfStage, textPhrasesOfStage } from './dialogue.ts'
import { lenderClerk } from './lender.ts'
import { restaurantClerk } from './restaurant.ts'
import { supportClerk } from './support.ts'

const CLERKS = { lender: lenderClerk, courier: courierClerk, restaurant: restaurantClerk, support: supportClerk }
export type Trade = keyof typeof CLERKS

/** A clerk knows its trade by the tools it was given, and no more of the business than they tell. */
const KNOWN_BY: Readonly<Record<string, Trade>> = { verifyIdentity: 'lender', trackShipment: 'courier', getMenu: 'restaurant', answerQuestion: 'support' }

/** A front desk when the tools are those of no trade. */
export function tradeOf (tools: ReadonlyArray<{ readonly name: string }>): Trade {
  return tools.map(({ name }) => KNOWN_BY[name]).find((trade) => trade !== undefined) ?? 'support'
}

/** Who may ask whom it calls has called. */
export const hasCalled = (tools: ReadonlyArray<{ readonly name: string }>): boolean => tools.some(({ name }) => name === 'whomWeCall')

export function clerkOf (trade: Trade, calling = false): Clerk {
  return calling ? callingClerk(CLERKS[trade]()) : CLERKS[trade]()
}

export interface Understood {
  /** By stage of the conversation, which begins in `open`; in JSGF. */
  readonly stages: Readonly<Record<string, readonly string[]>>
  /** Understood only where the exact text comes through: tones, not speech. */
  readonly asText: readonly string[]
  /** What the `<slots>` in them stand for. */
  readonly slots: Readonly<Record<string, string>>
}

/** All that the simulated clerk of this trade understands. A greeting before, and `please` or `thank you` after it, are understood as well. */
export function phrasesOf (trade: Trade, calling = false): Understood {
  const clerk = clerkOf(trade, calling)
  const stages = [...Object.keys(clerk.stages), 'offer']
  return {
    stages: Object.fromEntries(stages.map((stage) => [stage, phrasesOfStage(clerk, stage)])),
    asText: stages.flatMap((stage) => textPhrasesOfStage(clerk, stage)),
    slots: clerk.slots
  }
}
