import type { CarrierBehaviour } from './carrier-behaviour.ts'

export interface Usage {
  readonly direction: 'inbound' | 'outbound'
  readonly talkMs: number
  /** On Dial legs: billed as outbound, on top. */
  readonly dialledMs: number
  readonly streamedMs: number
}

/** What a call costs in whole minor units, rounded up. A call that was not answered costs nothing. */
export function costMinor (usage: Usage, prices: CarrierBehaviour): number {
  const unitMs = prices.billing === 'per second' ? 1000 : 60_000
  const price = (ms: number, perMinuteMinor: number): number => Math.ceil(ms / unitMs) * unitMs / 60_000 * perMinuteMinor
  const perMinuteMinor = usage.direction === 'inbound' ? prices.inboundPerMinuteMinor : prices.outboundPerMinuteMinor
  return Math.ceil(price(usage.talkMs, perMinuteMinor) + price(usage.dialledMs, prices.outboundPerMinuteMinor) + price(usage.streamedMs, prices.streamPerMinuteMinor))
}
