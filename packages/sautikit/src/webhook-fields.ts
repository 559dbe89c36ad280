import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { isCallId } from './call-id.ts'
import { WebhookMalformedError } from './errors.ts'

/**
 * What webhooks call things, first choice first: the exchange's own names (observed in production), those of the carrier's
 * tutorials, and those of its documented events.
 */
const NAMES = {
  sessionId: ['sessionId', 'pbx_call_id', 'session_id'],
  callId: ['CallId', 'call_id'],
  from: ['callerNumber', 'From'],
  to: ['destinationNumber', 'To'],
  state: ['callSessionState'],
  streamEvent: ['streamEvent', 'streamStatus'],
  kind: ['kind', 'event_kind'],
  status: ['status'],
  direction: ['direction'],
  clientRequestId: ['clientRequestId', 'client_request_id'],
  digits: ['dtmfDigits', 'Digits'],
  streamId: ['streamSid'],
  eventId: ['event_id'],
  durationSeconds: ['durationInSeconds', 'duration_seconds'],
  occurredAt: ['occurred_at'],
  answeredAt: ['answered_at'],
  endedAt: ['ended_at'],
  cause: ['hangup_cause', 'failure_reason', 'hangupCause'],
  recordingId: ['recording_id']
} as const satisfies Record<string, readonly string[]>

export type WebhookFields = Partial<Record<keyof typeof NAMES, string>>
export type CallIds = readonly [string, ...string[]]

/** The longest field is the client request id, 5,000 characters. */
const Scalar = Type.Union([Type.String({ maxLength: 5_000 }), Type.Number(), Type.Boolean(), Type.Null()])

/**
 * The fields of a form or a JSON object, under one name each and as text; what is empty is absent, what is unknown is not looked at.
 * @throws WebhookMalformedError where a field is a list (a name that came twice), an object or a very long text
 */
export function readFields (body: unknown): WebhookFields {
  if (typeof body !== 'object' || body === null) throw new WebhookMalformedError('not an object')
  const fields: WebhookFields = {}
  for (const [field, names] of Object.entries(NAMES) as Array<[keyof WebhookFields, readonly string[]]>) {
    const text = names.map(name => textOf(body, name)).find(text => text !== '')
    if (text !== undefined) fields[field] = text
  }
  return fields
}

/**
 * Every identity of the call, the exchange's before that of the REST API.
 * @throws WebhookMalformedError where there is none
 */
export function callIdsOf ({ sessionId, callId }: WebhookFields): CallIds {
  const [first, ...others] = new Set([sessionId, callId].filter(id => id !== undefined))
  if (first === undefined) throw new WebhookMalformedError('it names no call')
  if (![first, ...others].every(isCallId)) throw new WebhookMalformedError('the identity of the call is none')
  return [first, ...others]
}

/** Whole seconds; what is no duration is absent. */
export function secondsOf (text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}(\.\d+)?$/.test(text) ? Math.round(Number(text)) : undefined
}

function textOf (body: object, name: string): string {
  const value = Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined
  if (value === undefined) return ''
  if (!Value.Check(Scalar, value)) throw new WebhookMalformedError(`${name} is no single value`)
  return String(value ?? '').trim()
}
