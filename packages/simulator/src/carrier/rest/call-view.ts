import type { CarrierSwitch } from '../carrier-switch.ts'
import type { SimulatedCall } from '../simulated-call.ts'

/** A call as the REST API shows it. */
export function viewCall (call: SimulatedCall, carrier: CarrierSwitch): object {
  const { end, answeredAt, endedAt, startedAt, setup, behaviour } = call
  const failed = end !== null && end.status !== 'completed'
  return {
    id: call.callId,
    workspace_id: carrier.workspaceId,
    session_id: call.sessionId,
    direction: setup.direction,
    local_e164: call.localNumber,
    remote_e164: call.remoteNumber,
    country: 'KE',
    started_at: startedAt.toISOString(),
    answered_at: answeredAt?.toISOString() ?? null,
    ended_at: endedAt?.toISOString() ?? null,
    duration_seconds: end?.durationSeconds ?? null,
    status: call.status,
    cost_minor: end?.costMinor ?? 0,
    cost_currency: 'KES',
    rate_per_minute_minor: setup.direction === 'inbound' ? behaviour.inboundPerMinuteMinor : behaviour.outboundPerMinuteMinor,
    failure_code: failed ? end.cause : null,
    metadata: setup.clientRequestId === undefined ? null : { client_request_id: setup.clientRequestId },
    created_at: startedAt.toISOString(),
    updated_at: (endedAt ?? answeredAt ?? startedAt).toISOString(),
    events: call.log.all('webhook-sent').filter(({ purpose }) => purpose === 'event').map(({ atMs, body }) => ({ call_id: call.callId, payload: JSON.parse(body) as unknown, occurred_at: new Date(startedAt.getTime() + atMs).toISOString() }))
  }
}
