import type { CarrierFact } from '@karani/call-model'
import { factStateOf } from './fact-state.ts'
import { callIdsOf, readFields, secondsOf, type CallIds, type WebhookFields } from './webhook-fields.ts'

/** One thing that the carrier says about a call. */
export interface CarrierEvent {
  /** The exchange's identity of the call where it is given. */
  readonly callId: string
  readonly callIds: CallIds
  /** The same for every delivery of one event. Events of the exchange itself have none. */
  readonly eventId?: string
  readonly clientRequestId?: string
  readonly fact: CarrierFact
}

/**
 * Reads an event in any of the three envelopes: `{ kind, event_id, occurred_at, data }` (documented), `{ event_kind, event_id,
 * payload }` (documented elsewhere), or the bare fields of the exchange (observed in production).
 * @throws WebhookMalformedError where no call is named, or a field is no single value
 */
export function readCarrierEvent (body: unknown): CarrierEvent {
  const fields = contentOf(body)
  const [callId, ...others] = callIdsOf(fields)
  return {
    callId,
    callIds: [callId, ...others],
    ...(fields.eventId !== undefined && { eventId: fields.eventId }),
    ...(fields.clientRequestId !== undefined && { clientRequestId: fields.clientRequestId }),
    fact: factOf(fields)
  }
}

/** The fields of the envelope and of what is in it. */
function contentOf (body: unknown): WebhookFields {
  const envelope = readFields(body)
  const { data, payload } = body as { data?: unknown, payload?: unknown }
  return { ...envelope, ...readFields(data ?? payload ?? {}) }
}

function factOf (fields: WebhookFields): CarrierFact {
  const state = factStateOf(fields.kind, fields.state, fields.streamEvent, fields.status)
  const ended = state === 'completed' || state === 'failed'
  const occurredAt = instantOf((ended ? fields.endedAt : state === 'answered' ? fields.answeredAt : undefined) ?? fields.occurredAt)
  const durationSeconds = ended ? secondsOf(fields.durationSeconds) : undefined // of a recording it is the recording's
  return {
    state,
    ...(occurredAt !== undefined && { occurredAt }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(fields.cause !== undefined && { cause: fields.cause }),
    ...(fields.recordingId !== undefined && { recordingId: fields.recordingId })
  }
}

/** As ISO 8601 in UTC, so that instants compare as texts; what is no instant is absent. */
function instantOf (text: string | undefined): string | undefined {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
