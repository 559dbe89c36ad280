import { callCostMinor, type CallRates } from '@karani/call-model'

export interface Purse {
  readonly balanceMinor: number
  /** Is never called with: somebody who rings us is still handed to staff, which is paid as a call of ours. */
  readonly reserveMinor: number
  readonly rates: CallRates
  readonly longestCallMs: number
}

/** How many calls may live at once so that the wallet outlasts them, though each took as long as a call may. 0: not even one. Pure. */
export function affordableCalls ({ balanceMinor, reserveMinor, rates, longestCallMs }: Purse): number {
  const leftMinor = balanceMinor - reserveMinor
  if (leftMinor <= 0) return 0
  return Math.floor(leftMinor / callCostMinor('outbound', longestCallMs, rates)) // calls that cost nothing: Infinity
}
