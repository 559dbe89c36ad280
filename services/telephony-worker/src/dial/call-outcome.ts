import type { LeadOutcome, StopReason, WrittenInCall } from '@karani/records'
import type { CarrierCall } from '@karani/sautikit'

/** How a call ended, by the carrier's account. */
export interface CallEnd {
  readonly answered: boolean
  /** Of a call that nobody answered. */
  readonly missed: 'no-answer' | 'busy' | 'failed'
  readonly costMinor: number | null
  readonly currency: string | null
}

/** The carrier's account of a call; null while it goes on. Pure. */
export function readCallEnd (call: CarrierCall): CallEnd | null {
  const { status, ended_at: endedAt, answered_at: answeredAt, failure_code: cause, cost_minor: costMinor, cost_currency: currency } = call
  if (typeof endedAt !== 'string' && !/^(completed|failed|busy|no.?answer|cancell?ed|missed)$/i.test(status)) return null
  const words = `${status} ${cause ?? ''}`.toLowerCase()
  const missed = /busy|reject/.test(words) ? 'busy' : /no.?answer|cancel|missed|completed/.test(words) ? 'no-answer' : 'failed'
  return { answered: typeof answeredAt === 'string', missed, costMinor: costMinor ?? null, currency: currency ?? null }
}

/** What a stop means for the lead; the first that was said in the call counts, in this order. */
const STOPPED: ReadonlyArray<readonly [StopReason, LeadOutcome]> = [
  ['opt-out', 'opted-out'], ['wrong-party', 'wrong-party'], ['minor', 'wrong-party'], ['dispute', 'disputed'], ['hardship', 'hardship'], ['paid', 'paid'], ['promise', 'promised']
]

/** What a call came to: what was written in it before what the carrier says of it. Pure, and the same whatever came first. */
export function callOutcome ({ answered, missed }: Pick<CallEnd, 'answered' | 'missed'>, { stops, paid, promised, callAgainAt, human, noReply }: WrittenInCall): LeadOutcome {
  if (!answered) return missed
  const stopped = STOPPED.find(([reason]) => stops.includes(reason))?.[1]
  if (stopped !== undefined && stopped !== 'promised') return stopped
  if (paid) return 'paid'
  if (promised || stopped !== undefined) return 'promised'
  if (callAgainAt !== null) return 'callback'
  if (human) return 'human'
  return noReply ? 'voicemail' : 'reached'
}

/** Whether the person was talked to: then nobody rings again for a while. Pure. */
export const isConversation = ({ answered }: Pick<CallEnd, 'answered'>, outcome: LeadOutcome): boolean => answered && outcome !== 'voicemail'

const MAX_TRIES = 3
const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** After the first and after the second try. The rules may make it later. */
const SPACING: Partial<Record<LeadOutcome, readonly [number, number]>> = {
  'no-answer': [2 * HOUR, 24 * HOUR],
  busy: [15 * MINUTE, 4 * HOUR],
  voicemail: [4 * HOUR, 24 * HOUR],
  failed: [30 * MINUTE, 4 * HOUR]
}

/** When a lead is dialled again after so many tries; null: this is how it ended. Pure. */
export function retryAt (outcome: LeadOutcome, tries: number, at: Date): Date | null {
  const spacing = SPACING[outcome]
  if (spacing === undefined || tries >= MAX_TRIES) return null
  return new Date(at.getTime() + spacing[tries <= 1 ? 0 : 1])
}

/** A lead whose worker was gone without a word is taken up at once, but not for ever: it may be what ended the worker. */
export const afterLoss = (tries: number, at: Date): Date | null => tries >= MAX_TRIES ? null : at
