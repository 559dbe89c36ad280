import type { FinishedCall } from '@karani/call-model'
import type { CallContext } from '../src/index.ts'

export const inbound: CallContext = {
  callId: 'HD_24d73b4518bc',
  direction: 'inbound',
  agent: 'lender',
  line: '+254711000001',
  businessName: 'Tumaini Credit',
  caller: '+254712345678',
  language: 'en-KE',
  openedAt: '2026-11-21T08:00:00.000Z'
}

export const finished: FinishedCall = {
  callId: 'HD_24d73b4518bc',
  direction: 'inbound',
  agent: 'lender',
  line: '+254711000001',
  caller: null,
  startedAt: '2026-11-21T08:00:00.000Z',
  endedAt: '2026-11-21T08:01:00.000Z',
  durationMs: 60_000,
  endedBy: 'caller',
  costMinor: 50,
  currency: 'KES',
  recordingUrl: null,
  usage: { promptTokens: 1, responseTokens: 2, totalTokens: 3 },
  entries: [{ type: 'model-ready', atMs: 300 }]
}
