import type { FactState } from '@karani/call-model'

/** Words of the exchange, of the REST API and of documented events, in lower case and without punctuation. */
const STATES: ReadonlyMap<string, FactState> = new Map([
  ['ringing', 'ringing'],
  ['callstarted', 'ringing'],
  ['answered', 'answered'],
  ['callanswered', 'answered'],
  ['streamstarted', 'stream-started'],
  ['streamstopped', 'stream-stopped'],
  ['streamerror', 'stream-error'],
  ['completed', 'completed'],
  ['callcompleted', 'completed'],
  ['failed', 'failed'],
  ['callfailed', 'failed'],
  ['noanswer', 'failed'],
  ['busy', 'failed'],
  ['canceled', 'failed'],
  ['cancelled', 'failed'],
  ['callrecordingready', 'recording-ready']
])

/** The first of these words that is known. */
export function factStateOf (...words: ReadonlyArray<string | undefined>): FactState {
  for (const word of words) {
    const state = STATES.get((word ?? '').toLowerCase().replace(/[^a-z]/g, ''))
    if (state !== undefined) return state
  }
  return 'other'
}
