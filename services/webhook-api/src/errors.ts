import { createError } from '@fastify/error'

/** A webhook without a signature came to a URL without a token. */
export const SignatureMissingError = createError('SIGNATURE_MISSING', 'The request is not signed', 401)

/** The signature was not made over these bytes with one of SAUTIKIT_SIGNING_SECRETS, or cannot be read. */
export const SignatureInvalidError = createError('SIGNATURE_INVALID', 'The signature does not fit the request', 403)

/** The signature is genuine, but its time is more than five minutes ago, or ahead of us. Events are excepted: they may be retried for days. */
export const SignatureStaleError = createError('SIGNATURE_STALE', 'The signature is too old', 403)

/** The token in the URL is none of WEBHOOK_TOKENS. */
export const WebhookTokenInvalidError = createError('WEBHOOK_TOKEN_INVALID', 'The token in the URL is not valid', 403)

/** A stream-status or hand-off URL was not issued by us, or for another call, or with a secret that is no longer configured. */
export const CallbackUrlInvalidError = createError('CALLBACK_URL_INVALID', 'The URL was not issued for this call', 403)

/** The body is not an object in JSON or a form, has a name twice, or far too many names. */
export const BodyMalformedError = createError('BODY_MALFORMED', 'The body cannot be read', 400)

/** Redis did not answer in time, or is away: nothing was stored for sure, the carrier should deliver again. */
export const RedisUnavailableError = createError('REDIS_UNAVAILABLE', 'Try again later', 503)

/** Nothing is there, or nothing for who asks. */
export const NotFoundError = createError('NOT_FOUND', 'Not Found', 404)

/** The campaign API was asked without one of API_TOKENS. */
export const ApiTokenError = createError('API_TOKEN_INVALID', 'The token is missing or not valid', 401)

/** A request of the campaign API does not fit its schema. */
export const RequestInvalidError = createError<[what: string]>('REQUEST_INVALID', '%s', 400)

/** The records have no such account. */
export const AccountUnknownError = createError('ACCOUNT_UNKNOWN', 'There is no such account', 404)

/** The database did not answer the campaign API in time, or is away: nothing was stored for sure, and the same may be sent again. */
export const RecordsUnavailableError = createError('RECORDS_UNAVAILABLE', 'Try again later', 503)
