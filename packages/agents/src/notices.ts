import type { Language } from './agent.ts'

/** Sentences that a recorded voice says on any line, without the model. */

/** Precedes the opening where calls are recorded. */
export const RECORDING_NOTICE = 'This call is recorded.'
/** The model cannot be reached, or was lost; the call ends after it. */
export const APOLOGY = 'Sorry, our assistant cannot be reached right now. Please call again shortly.'
/** The call has reached its longest duration, or the service is shutting down; the call ends after it. */
export const TIME_LIMIT = 'I am sorry, I have to end this call now. Please call us again. Goodbye.'
/** A person was asked for, and is about to be rung. */
export const CONNECTING: Readonly<Record<Language, string>> = {
  'en-KE': 'Please hold on. I am trying to connect you to a colleague.',
  'sw-KE': 'Tafadhali subiri kidogo. Ninajaribu kukuunganisha na mwenzangu.'
}
/** A tool takes longer than a second; the call goes on with its result. */
export const ONE_MOMENT: Readonly<Record<Language, string>> = {
  'en-KE': 'One moment please, I am looking that up.',
  'sw-KE': 'Tafadhali subiri kidogo, ninaangalia.'
}
