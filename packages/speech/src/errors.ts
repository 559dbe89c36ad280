export type SpeechErrorCode =
  /** More text than one utterance can be: say it in sentences. */
  | 'SPEECH_TEXT_TOO_LONG'
  /** More requests wait for the speech worker than its queue holds: the machine is too slow for the calls on it. */
  | 'SPEECH_QUEUE_FULL'
  /** The speech worker ended, or failed at this request. The next request starts a new one. */
  | 'SPEECH_WORKER_FAILED'
  /** The recogniser refuses a grammar: a JSGF mistake, or a word that is not in its dictionary. */
  | 'SPEECH_GRAMMAR_INVALID'

export class SpeechError extends Error {
  readonly code: SpeechErrorCode

  constructor (code: SpeechErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
