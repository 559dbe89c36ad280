import t from 'tap'
import fc from 'fast-check'
import { callRecord } from '../src/call-record.ts'
import { contextOf, FACTS, finishedOf } from './known-call.ts'

const ID = 'HD_24d73b4518bc'

t.test('a call with a conversation: what we heard, and around it what the carrier said', async (t) => {
  t.strictSame(callRecord(ID, { context: contextOf(ID), finished: finishedOf(ID), facts: FACTS }), {
    callId: ID,
    status: 'completed',
    direction: 'inbound',
    agent: 'lender',
    line: '+254711000001',
    caller: '+254712345678',
    startedAt: new Date('2026-11-21T09:00:00Z'),
    answeredAt: new Date('2026-11-21T08:59:59Z'),
    endedAt: new Date('2026-11-21T09:01:02.5Z'),
    durationMs: 62_500,
    endedBy: 'clerk',
    cause: 'normal_clearing',
    costMinor: 53,
    currency: 'KES',
    recordingUrl: 'file:data/calls/x.wav',
    carrierRecordingId: 'rec-1',
    usage: { promptTokens: 10, responseTokens: 20, totalTokens: 30 },
    timeline: finishedOf(ID).entries
  })
})

t.test('a call that nobody answered has what the carrier said', async (t) => {
  const facts = [{ state: 'failed', occurredAt: '2026-11-21T09:00:30Z', cause: 'no_answer', durationSeconds: 0 } as const]
  t.match(callRecord(ID, { context: contextOf(ID), facts }), {
    status: 'failed', agent: 'lender', startedAt: new Date('2026-11-21T08:59:58Z'), answeredAt: null, endedAt: new Date('2026-11-21T09:00:30Z'), durationMs: 0, cause: 'no_answer', timeline: null
  })
})

t.test('a conversation whose end the carrier has not told is over all the same', async (t) => {
  t.match(callRecord(ID, { finished: finishedOf(ID), facts: [] }), { status: 'completed', answeredAt: null })
})

t.test('a call of which nothing is known has no record', async (t) => {
  t.equal(callRecord(ID, { facts: [] }), null)
})

t.test('whatever the peers sent, the record can be stored', async () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(fc.property(text, text, fc.nat(), (said, at, durationSeconds) => {
    const finished = { ...finishedOf(ID), startedAt: at, entries: [{ type: 'caller-said' as const, atMs: 0, text: said }] }
    const record = callRecord(ID, { finished, facts: [{ state: 'completed', occurredAt: at, cause: said, durationSeconds }] })!
    const stored = JSON.stringify(record)
    return !/\\u0000|\\ud[89a-f]/.test(stored.replaceAll('\\\\', '')) && !Number.isNaN(record.startedAt?.getTime()) && (record.durationMs ?? 0) < 2 ** 31
  }))
})
