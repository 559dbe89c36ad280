import t from 'tap'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { CarrierFact } from '@karani/call-model'
import { readCarrierEvent } from '../src/index.ts'

const MALFORMED = { code: 'WEBHOOK_MALFORMED' }
const SESSION = 'HD_24d73b4518bc'
const UUID = '0190b1c2-7f3e-7000-8000-0123456789ab'
const EVENT = '0190b1c2-7f3e-7000-8000-00000000eeee'

t.test('an event in the documented envelope is read', async (t) => {
  const event = readCarrierEvent({
    kind: 'call.completed',
    event_id: EVENT,
    workspace_id: 'w',
    occurred_at: '2026-11-21T06:10:05Z',
    data: { call_id: UUID, pbx_call_id: SESSION, direction: 'inbound', from: '+254722000001', to: '+254711000001', status: 'completed', duration_seconds: 73, answered_at: '2026-11-21T06:08:50Z', ended_at: '2026-11-21T06:10:03Z', hangup_cause: 'normal_clearing', clientRequestId: 'lead-7' }
  })
  t.strictSame(event, {
    callId: SESSION,
    callIds: [SESSION, UUID],
    eventId: EVENT,
    clientRequestId: 'lead-7',
    fact: { state: 'completed', occurredAt: '2026-11-21T06:10:03.000Z', durationSeconds: 73, cause: 'normal_clearing' }
  })
})

t.test("an event in the recording guide's envelope is read", async (t) => {
  const event = readCarrierEvent({
    event_kind: 'call.recording.ready',
    event_id: EVENT,
    payload: { call_id: UUID, recording_id: 'rec-1', recording_duration_seconds: 70, duration_seconds: 70, recording_size_bytes: 9, occurred_at: '2026-11-21T09:11:00+03:00' }
  })
  t.strictSame(event, { callId: UUID, callIds: [UUID], eventId: EVENT, fact: { state: 'recording-ready', occurredAt: '2026-11-21T06:11:00.000Z', recordingId: 'rec-1' } })
})

t.test('an event in the bare fields of the exchange is read', async (t) => {
  const event = readCarrierEvent({ sessionId: SESSION, callerNumber: 'anonymous', destinationNumber: '+254711000001', callSessionState: 'Completed', durationInSeconds: '73', clientRequestId: 'lead-7' })
  t.strictSame(event, { callId: SESSION, callIds: [SESSION], clientRequestId: 'lead-7', fact: { state: 'completed', durationSeconds: 73 } })
})

const facts: Array<[what: string, body: object, fact: object]> = [
  ['call.started', { kind: 'call.started', occurred_at: '2026-11-21T06:00:00Z', data: { call_id: UUID, status: 'ringing' } }, { state: 'ringing', occurredAt: '2026-11-21T06:00:00.000Z' }],
  ['call.answered', { kind: 'call.answered', occurred_at: '2026-11-21T06:00:09Z', data: { call_id: UUID, answered_at: '2026-11-21T06:00:07.5Z' } }, { state: 'answered', occurredAt: '2026-11-21T06:00:07.500Z' }],
  ['call.failed', { kind: 'call.failed', occurred_at: '2026-11-21T06:00:09Z', data: { call_id: UUID, status: 'no_answer', failure_reason: 'no_answer' } }, { state: 'failed', occurredAt: '2026-11-21T06:00:09.000Z', cause: 'no_answer' }],
  ['a kind that is not known, with a status that is', { kind: 'call.ended', data: { call_id: UUID, status: 'busy' } }, { state: 'failed' }],
  ['call.supervision.started', { kind: 'call.supervision.started', data: { call_id: UUID } }, { state: 'other' }],
  ['a stopped stream', { sessionId: SESSION, callSessionState: 'StreamStopped', streamSid: 'st_1', streamEvent: 'stream-stopped', durationInSeconds: 5 }, { state: 'stream-stopped' }],
  ['a time that is none', { kind: 'call.completed', occurred_at: 'yesterday', data: { call_id: UUID, duration_seconds: 'long' } }, { state: 'completed' }],
  ['an empty envelope around the fields of the exchange', { data: null, payload: null, session_id: SESSION, callSessionState: 'Ringing' }, { state: 'ringing' }]
]
for (const [what, body, fact] of facts) {
  t.test(`the fact of ${what}`, async (t) => { t.strictSame(readCarrierEvent(body).fact, fact) })
}

t.test('every delivery of one event is read as the same event', async (t) => {
  const body = () => ({ kind: 'call.completed', event_id: EVENT, occurred_at: '2026-11-21T06:10:05Z', data: { call_id: UUID, duration_seconds: 73 } })
  t.strictSame(readCarrierEvent(body()), readCarrierEvent(JSON.parse(JSON.stringify(body()))))
})

const malformed: Array<[what: string, body: unknown]> = [
  ['no call', { kind: 'call.completed', event_id: EVENT, data: { duration_seconds: 1 } }],
  ['an event of the workspace', { kind: 'wallet.low_balance', event_id: EVENT, data: { balance_minor: 0 } }],
  ['data that is a text', { kind: 'call.completed', data: UUID }],
  ['a field that is a list', { kind: ['call.completed'], data: { call_id: UUID } }],
  ['a call id that is an object', { kind: 'call.completed', data: { call_id: { id: UUID } } }],
  ['a call id that is a path', { kind: 'call.completed', data: { call_id: '../../admin' } }],
  ['nothing', null],
  ['a list', []],
  ['a number', 7]
]
for (const [what, body] of malformed) {
  t.test(`an event with ${what} is malformed`, async (t) => { t.throws(() => readCarrierEvent(body), MALFORMED) })
}

t.test('whatever comes, the result is a fact of the model or an error with a code', async (t) => {
  const names = ['kind', 'event_kind', 'event_id', 'occurred_at', 'ended_at', 'call_id', 'sessionId', 'callSessionState', 'duration_seconds', 'durationInSeconds', 'status', 'hangup_cause', '__proto__']
  const value = fc.oneof(fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constantFrom(null, UUID, 'call.completed', 'Completed', '2026-11-21T06:10:05Z'), fc.array(fc.string()))
  const fields = fc.dictionary(fc.constantFrom(...names), value)
  const body = fc.oneof(fc.anything(), fields, fc.record({ kind: value, data: fields }), fc.record({ event_kind: value, payload: fields }))
  t.doesNotThrow(() => fc.assert(fc.property(body, (body) => {
    try {
      return Value.Check(CarrierFact, readCarrierEvent(body).fact)
    } catch (err) {
      if ((err as { code?: string }).code !== 'WEBHOOK_MALFORMED') throw err
    }
  }), { numRuns: 500 }))
})
