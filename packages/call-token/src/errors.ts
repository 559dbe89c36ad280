import createError from '@fastify/error'

/** A call token is malformed, expired, or signed for somebody else or by somebody else. The cause says which. */
export const CallTokenInvalidError = createError('CALL_TOKEN_INVALID', 'The call token is not valid', 401)
