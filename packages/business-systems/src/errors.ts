import createError from '@fastify/error'

/** A business's system gave no usable answer: the same may be asked or told again. `reason` is `timeout`, `network`, `unreadable` or `http_<status>`. */
export const SystemUnavailableError = createError<[reason: string]>('SYSTEM_UNAVAILABLE', "The business's system gave no usable answer: %s", 503)

/** A business's system will never take what it was told: a person has to look at it. `reason` is `http_<status>`. */
export const SystemRefusedError = createError<[reason: string]>('SYSTEM_REFUSED', "The business's system refused: %s", 409)
