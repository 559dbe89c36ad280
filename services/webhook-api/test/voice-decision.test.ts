import t from 'tap'
import { decideVoice, type CallSoFar, type VoiceDecision } from '../src/voice-decision.ts'
import type { FactState } from '@karani/call-model'

const unheard: CallSoFar = { firstState: undefined, streamed: false }
const rang: CallSoFar = { firstState: 'ringing', streamed: false }
const cameCompleted: CallSoFar = { firstState: 'completed', streamed: false }
const streamed: CallSoFar = { firstState: 'ringing', streamed: true }

const table: [what: string, soFar: CallSoFar, state: FactState, decision: VoiceDecision][] = [
  ['a first fetch', unheard, 'ringing', 'stream'],
  ['a first fetch on answer', unheard, 'answered', 'stream'],
  ['a first fetch in words without a state', unheard, 'other', 'stream'],
  ['a first fetch that says the call is over', unheard, 'completed', 'stream'],
  ['an edge of a stream whose call was forgotten', unheard, 'stream-started', 'acknowledge'],
  ['an edge of a stream whose call was forgotten', unheard, 'stream-stopped', 'acknowledge'],
  ['a retry', rang, 'ringing', 'stream'],
  ['the answer, told before the stream is open', rang, 'answered', 'acknowledge'],
  ['the answer of a call that first said it is over', cameCompleted, 'answered', 'acknowledge'],
  ['the ringing, told late', { firstState: 'answered', streamed: false }, 'ringing', 'acknowledge'],
  ['a hang-up before the stream', rang, 'completed', 'acknowledge'],
  ['a failure before the stream', rang, 'failed', 'acknowledge'],
  ['a retry of a first fetch that said the call is over', cameCompleted, 'completed', 'stream'],
  ['a stream that could not be opened', rang, 'stream-error', 'acknowledge'],
  ['a late duplicate of the first fetch', streamed, 'ringing', 'acknowledge'],
  ['the answer, told while the call streams', streamed, 'answered', 'acknowledge'],
  ['an unknown state while the call streams', streamed, 'other', 'acknowledge'],
  ['the start of the stream', streamed, 'stream-started', 'acknowledge'],
  ['the end of the stream', streamed, 'stream-stopped', 'acknowledge'],
  ['the hang-up', streamed, 'completed', 'acknowledge'],
  ['a recording', streamed, 'recording-ready', 'acknowledge']
]
for (const [what, soFar, state, decision] of table) {
  t.test(`${what} (${state}): ${decision}`, async (t) => {
    t.equal(decideVoice(state, soFar), decision)
  })
}
