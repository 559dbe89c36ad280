import type { FactState } from '@karani/call-model'

export interface CallSoFar {
  /** What the carrier said when it first asked for a document; undefined before it has asked. */
  readonly firstState: FactState | undefined
  /** A media stream was opened for the call. */
  readonly streamed: boolean
}

/** `stream`: the clerk takes the call. `acknowledge`: nothing is to be done. */
export type VoiceDecision = 'stream' | 'acknowledge'

/** The carrier says these only of a call that was given its document. */
const AFTER_THE_DOCUMENT: ReadonlySet<FactState> = new Set(['stream-started', 'stream-stopped', 'stream-error', 'recording-ready'])

/** Whether the carrier can only be telling news: no call waits for a document. */
export const isAfterTheDocument = (state: FactState): boolean => AFTER_THE_DOCUMENT.has(state)

/**
 * What a fetch of the voice URL gets. The carrier uses one URL for the question what to do with a call and for news of it,
 * in no promised order. Pure.
 *
 * - The first fetch is a question, whatever it says: it was seen to say that the call is completed while it was only being
 *   set up, and a call without a document gets the carrier's own message.
 * - A repetition of the question before the stream was opened is a retry, and gets a document with a ticket of its own.
 * - Anything else is news. The answer and the hang-up are told at the voice URL too, and a `<Stream>` in reply to news
 *   forks the call again and fails.
 */
export function decideVoice (state: FactState, { firstState = state, streamed }: CallSoFar): VoiceDecision {
  const isQuestion = state === firstState && !streamed && !isAfterTheDocument(state)
  return isQuestion ? 'stream' : 'acknowledge'
}
