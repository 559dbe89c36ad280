import { lineOf, type Line, type Lines } from '@karani/lines'
import type { VoiceRequest } from '@karani/sautikit'

export interface Parties {
  readonly line: Line
  /** The person's number, E.164; null when withheld. */
  readonly caller: string | null
}

/**
 * Who is on the phone with which line of ours; undefined when neither number is ours. Either may be: an outbound call is
 * from us, and in some flows our own number arrives as the caller's (observed in production).
 */
export function partiesOf (lines: Lines, { from, to }: Pick<VoiceRequest, 'from' | 'to'>): Parties | undefined {
  const called = lineOf(lines, to)
  if (called !== undefined) return { line: called, caller: from }
  const calling = from === null ? undefined : lineOf(lines, from)
  return calling && { line: calling, caller: to }
}
