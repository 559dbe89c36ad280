import createError from '@fastify/error'

/** A webhook names no call, or gives one of its fields in a form that cannot be right. */
export const WebhookMalformedError = createError<[what: string]>('WEBHOOK_MALFORMED', 'The webhook is malformed: %s', 400)

/** The carrier refused a request (4xx), which had no effect; `reason` is its own code, such as `wallet.insufficient_funds`. */
export const SautikitRefusedError = createError<[reason: string]>('SAUTIKIT_REFUSED', 'Sautikit refused: %s', 502)

/** The carrier answered 5xx, or in a form that is not its own: whether the request had an effect is unknown. */
export const SautikitFailedError = createError<[reason: string]>('SAUTIKIT_FAILED', 'Sautikit failed: %s', 502)

/** No answer from the carrier in time: whether the request had an effect is unknown. `reason` is `timeout` or `network`. */
export const SautikitUnreachableError = createError<[reason: string, options: ErrorOptions]>('SAUTIKIT_UNREACHABLE', 'Sautikit cannot be reached: %s', 504)

/** A number of the demo records was to be dialled by another carrier than this machine's own. It was not. */
export const DemoNumberError = createError('DEMO_NUMBER', 'A number of the demo records is never dialled for real', 403)

/** What each of the three errors about a request says. It never holds text that the carrier wrote: that may name people. */
export interface SautikitError extends Error {
  readonly code: 'SAUTIKIT_REFUSED' | 'SAUTIKIT_FAILED' | 'SAUTIKIT_UNREACHABLE'
  /** The carrier's code in dots and lower case, else `http_<status>`; or `timeout`, `network`, `unreadable`. */
  readonly reason: string
  /** Of the answer, if there was one. */
  readonly status: number | null
  /** Under which the carrier can find the request. */
  readonly requestId: string | null
  /** How long the carrier wants to be left alone, if it says. */
  readonly retryAfterMs: number | null
  /** There was no connection to send the request on: it had no effect, for sure. */
  readonly unsent: boolean
}
