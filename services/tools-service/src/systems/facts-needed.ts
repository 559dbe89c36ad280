import type { AccountQuery, ParcelQuery } from '@karani/business-systems'
import type { CallClaims } from '@karani/call-token'
import { spokenCode } from '../speech/spoken-code.ts'

/** Facts of the business that a tool is about. `claimed-account`: of somebody who has yet to prove who they are. */
export type FactsNeeded =
  | { readonly of: 'claimed-account', readonly query: AccountQuery }
  | { readonly of: 'verified-account', readonly callId: string }
  | { readonly of: 'parcel', readonly query: ParcelQuery }
  | { readonly of: 'menu' }

type Caller = Pick<CallClaims, 'callId' | 'caller'> & Partial<Pick<CallClaims, 'agent' | 'outreach'>>
/** Arguments of any tool, as its schema lets them through. */
interface Said { readonly accountId?: string, readonly trackingId?: string }

function claimedAccount ({ accountId: said }: Said, { caller, outreach }: Caller): FactsNeeded | null {
  const accountId = said ?? outreach?.subject
  if (accountId !== undefined) return named(accountId, accountKey => ({ of: 'claimed-account', query: { accountKey } }))
  return caller === null ? null : { of: 'claimed-account', query: { phone: caller } }
}

function parcel ({ trackingId: said }: Said, { caller, outreach }: Caller): FactsNeeded | null {
  const trackingId = said ?? outreach?.subject
  if (trackingId !== undefined) return named(trackingId, trackingKey => ({ of: 'parcel', query: { trackingKey } }))
  return caller === null ? null : { of: 'parcel', query: { phone: caller } }
}

const verifiedAccount = (_: Said, { callId }: Caller): FactsNeeded => ({ of: 'verified-account', callId })
const whomWeCall = (_: Said, call: Caller): FactsNeeded | null => call.agent === 'courier' ? parcel({}, call) : claimedAccount({}, call)
const menu = (): FactsNeeded => ({ of: 'menu' })

/** Words without a letter or a digit name nothing that could be asked for. */
function named (said: string, facts: (key: string) => FactsNeeded): FactsNeeded | null {
  const key = spokenCode(said)
  return key === '' ? null : facts(key)
}

/** Others need none: who wants no more calls, or a person, is heard whatever system is away. */
const NEEDED: ReadonlyMap<string, (said: Said, caller: Caller) => FactsNeeded | null> = new Map([
  ['verifyIdentity', claimedAccount],
  ['whomWeCall', whomWeCall],
  ...['getAccount', 'recordPromiseToPay', 'startMpesaIntent'].map(tool => [tool, verifiedAccount] as const),
  ...['trackShipment', 'confirmAddress', 'reschedule'].map(tool => [tool, parcel] as const),
  ...['getMenu', 'addItem', 'applyModifier', 'removeItem', 'getTotal', 'placeOrder'].map(tool => [tool, menu] as const)
])

/** What has to be asked for before this tool is carried out; null for nothing. `args` fit the tool's schema. */
export const factsNeeded = (tool: string, args: object, caller: Caller): FactsNeeded | null => NEEDED.get(tool)?.(args, caller) ?? null
