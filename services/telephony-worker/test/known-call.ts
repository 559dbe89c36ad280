import type { CallContext } from '@karani/call-context'
import type { CarrierFact, FinishedCall } from '@karani/call-model'

export const contextOf = (callId: string): CallContext => ({
  callId,
  direction: 'inbound',
  agent: 'lender',
  line: '+254711000001',
  businessName: 'Tumaini Credit',
  caller: '+254712345678',
  language: 'en-KE',
  openedAt: '2026-11-21T08:59:58.000Z'
})

export const finishedOf = (callId: string): FinishedCall => ({
  callId,
  direction: 'inbound',
  agent: 'lender',
  line: '+254711000001',
  caller: '+254712345678',
  startedAt: '2026-11-21T09:00:00.000Z',
  endedAt: '2026-11-21T09:01:02.500Z',
  durationMs: 62_500,
  endedBy: 'clerk',
  costMinor: 53,
  currency: 'KES',
  recordingUrl: 'file:data/calls/x.wav',
  usage: { promptTokens: 10, responseTokens: 20, totalTokens: 30 },
  entries: [
    { type: 'caller-said', atMs: 2_000, text: 'What do I owe?' },
    { type: 'tool-called', atMs: 2_500, id: 'f1', tool: 'getAccount' },
    { type: 'closed', atMs: 62_500, endedBy: 'clerk', costMinor: 53, currency: 'KES' }
  ]
})

export const FACTS: readonly CarrierFact[] = [
  { state: 'ringing', occurredAt: '2026-11-21T08:59:57.000Z' },
  { state: 'answered', occurredAt: '2026-11-21T08:59:59.000Z' },
  { state: 'stream-started' },
  { state: 'stream-stopped' },
  { state: 'completed', occurredAt: '2026-11-21T09:01:03.000Z', durationSeconds: 64, cause: 'normal_clearing' },
  { state: 'recording-ready', recordingId: 'rec-1' }
]
