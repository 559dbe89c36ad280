import createError from '@fastify/error'

/** Daraja did not accept a request, for sure: it was refused, or never left. `reason` is Daraja's own code where there is one. */
export const DarajaRefusedError = createError<[reason: string]>('DARAJA_REFUSED', 'Daraja refused: %s', 502)

/** No usable answer from Daraja: the request may have been accepted. `reason` is `timeout`, `network`, `unreadable`, or of the answer. */
export const DarajaUnansweredError = createError<[reason: string]>('DARAJA_UNANSWERED', 'Daraja gave no usable answer: %s', 504)

/** What is said to be a callback is none, or gives a field in a form that cannot be right. */
export const MpesaCallbackMalformedError = createError<[what: string]>('MPESA_CALLBACK_MALFORMED', 'The callback is malformed: %s', 400)

/** What the errors of the client say. They never hold text that Daraja wrote: that may name people. */
export interface DarajaError extends Error {
  readonly code: 'DARAJA_REFUSED' | 'DARAJA_UNANSWERED'
  /** Daraja's code, such as `400.002.02`, else `http_<status>`; or `timeout`, `network`, `unreadable`, `unreachable` (no connection came about). `token_` comes before the reason why there was no access token. */
  readonly reason: string
}
