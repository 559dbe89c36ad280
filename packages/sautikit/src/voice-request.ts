import type { FactState } from '@karani/call-model'
import { WebhookMalformedError } from './errors.ts'
import { factStateOf } from './fact-state.ts'
import { readPhoneNumber } from './phone-number.ts'
import { callIdsOf, readFields, secondsOf, type CallIds } from './webhook-fields.ts'

/** The carrier asks what to do with a call, or tells how it goes: it uses one URL for both. */
export interface VoiceRequest {
  /** The exchange's identity of the call where it is given. */
  readonly callId: string
  readonly callIds: CallIds
  /** `other` where nothing is said, or nothing we know. */
  readonly state: FactState
  /** E.164; null when withheld or malformed. For some browser calls this is our own number, and `to` the person's (observed in production). */
  readonly from: string | null
  /** E.164. */
  readonly to: string
  /** Inbound where nothing is said. */
  readonly direction: 'inbound' | 'outbound'
  readonly clientRequestId?: string
  readonly durationSeconds?: number
  /** What the caller keyed in. */
  readonly digits?: string
  readonly streamId?: string
}

/**
 * Reads a request to the voice URL, a form or JSON, in the vocabulary of the exchange or of the tutorials.
 * The client request id rides in the body and in the query; the body's is believed.
 * @throws WebhookMalformedError where no call or no called number is named, or a field came twice
 */
export function readVoiceRequest (body: unknown, query: unknown = {}): VoiceRequest {
  const fields = readFields(body)
  const [callId, ...others] = callIdsOf(fields)
  const to = readPhoneNumber(fields.to)
  if (to === null) throw new WebhookMalformedError('it names no called number')
  const clientRequestId = fields.clientRequestId ?? readFields(query).clientRequestId
  const durationSeconds = secondsOf(fields.durationSeconds)
  return {
    callId,
    callIds: [callId, ...others],
    state: factStateOf(fields.state, fields.streamEvent),
    from: readPhoneNumber(fields.from),
    to,
    direction: fields.direction?.toLowerCase() === 'outbound' ? 'outbound' : 'inbound',
    ...(clientRequestId !== undefined && { clientRequestId }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(fields.digits !== undefined && { digits: fields.digits }),
    ...(fields.streamId !== undefined && { streamId: fields.streamId })
  }
}
