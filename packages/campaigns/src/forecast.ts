/** What is assumed of calls that nobody has placed yet. */
export interface Assumptions { readonly answerRate: number, readonly secondsPerCall: number }

/** Guesses, until a campaign of the business's own has shown better. */
export const USUAL: Assumptions = { answerRate: 0.4, secondsPerCall: 90 }

export interface Rates { readonly outboundPerMinuteMinor: number, readonly streamPerMinuteMinor: number }

/** In minor units of the rates' currency, rounded up: each lead is called once, and talk and its media stream are paid by the second. */
export function forecastMinor (leads: number, { outboundPerMinuteMinor, streamPerMinuteMinor }: Rates, { answerRate, secondsPerCall }: Assumptions = USUAL): number {
  return Math.ceil(leads * answerRate * secondsPerCall * (outboundPerMinuteMinor + streamPerMinuteMinor) / 60)
}
