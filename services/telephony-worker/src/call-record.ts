import { foldCarrierFacts, type CarrierFact, type FinishedCall } from '@karani/call-model'
import type { CallContext } from '@karani/call-context'
import type { CallRecord } from '@karani/records'

/** Everything that is known of a call, each part if it is. */
export interface KnownOfCall {
  /** How it began. */
  readonly context?: CallContext | undefined
  /** How the conversation went; absent when there was none, or it is not over. */
  readonly finished?: FinishedCall | undefined
  /** What the carrier said of it; a set. */
  readonly facts: readonly CarrierFact[]
}

/** A week: PostgreSQL's integers end a little later. */
const MAX_DURATION_MS = 7 * 24 * 3600 * 1000

/**
 * One record of all that is known; null when that is nothing. Pure. We know best what we have heard ourselves, the carrier
 * what happened around it: when the call was answered, and how it ended when nobody talked.
 */
export function callRecord (callId: string, known: KnownOfCall): CallRecord | null {
  const { context, finished, facts } = storable(known)
  if (context === undefined && finished === undefined && facts.length === 0) return null
  const carrier = foldCarrierFacts(facts)
  const { direction = null, agent = null, line = null, caller = null } = finished ?? context ?? {}
  return {
    callId,
    status: finished === undefined ? carrier.status : 'completed',
    direction,
    agent,
    line,
    caller,
    startedAt: instant(finished?.startedAt ?? context?.openedAt),
    answeredAt: instant(carrier.answeredAt),
    endedAt: instant(finished?.endedAt ?? carrier.endedAt),
    durationMs: bounded(finished?.durationMs ?? milliseconds(carrier.durationSeconds)),
    endedBy: finished?.endedBy ?? null,
    cause: carrier.cause ?? null,
    costMinor: finished?.costMinor ?? null,
    currency: finished?.currency ?? null,
    recordingUrl: finished?.recordingUrl ?? null,
    carrierRecordingId: carrier.recordingId ?? null,
    usage: finished?.usage ?? null,
    timeline: finished?.entries ?? null
  }
}

/** Null for a text that is no instant. */
function instant (text: string | undefined): Date | null {
  const date = new Date(text ?? NaN)
  return Number.isNaN(date.getTime()) ? null : date
}

const milliseconds = (seconds: number | undefined): number | null => seconds === undefined ? null : seconds * 1_000
const bounded = (durationMs: number | null): number | null => durationMs === null ? null : Math.min(durationMs, MAX_DURATION_MS)

/** The same value, without the characters that PostgreSQL cannot hold: NUL, and halves of a character. */
function storable<T> (value: T): T {
  return JSON.parse(JSON.stringify(value, (_, inner: unknown) => typeof inner === 'string' ? inner.replace(/[\0\p{Cs}]/gu, '\ufffd') : inner)) as T
}
