/** Prices of the carrier in minor units a minute. */
export interface CallRates { readonly inboundPerMinuteMinor: number, readonly outboundPerMinuteMinor: number, readonly streamPerMinuteMinor: number }

/**
 * What the carrier charges for a streamed call, in whole minor units, rounded up. Calls are billed by the second from
 * connect; media streaming comes on top.
 */
export function callCostMinor (direction: 'inbound' | 'outbound', durationMs: number, rates: CallRates): number {
  const seconds = Math.ceil(Math.max(0, durationMs) / 1000)
  const perMinute = (direction === 'inbound' ? rates.inboundPerMinuteMinor : rates.outboundPerMinuteMinor) + rates.streamPerMinuteMinor
  return Math.ceil(seconds * perMinute / 60)
}
