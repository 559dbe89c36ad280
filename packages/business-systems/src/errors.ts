import createError from '@fastify/error'

/** A business's system gave no usable answer: the same may be asked or told again. `reason` is `timeout`, `network`, `unreadable` or `http_<status>`. */
export const SystemUnavailableError = createError<[reason: string]>('SYSTEM_UNAVAILABLE', "The business's system gave no usable answer: %s", 503)

/** A business's system will never take what it was told: a person has to look at it. `reason` is `http_<status>`. */
export const SystemRefusedError = createError<[reason: string]>('SYSTEM_REFUSED', "The business's system refused: %s", 409)

/** What every method of a system that is reached by HTTP rejects with. */
export interface SystemError extends Error {
  readonly code: 'SYSTEM_UNAVAILABLE' | 'SYSTEM_REFUSED'
  readonly reason: string
  /** More of the reason, where there is more: the code of a network's fault, or the field of a reply and the rule that it breaks. Never what a reply said. */
  readonly fault?: string
}

export const unavailable = (reason: string, fault?: string): SystemError => describe(new SystemUnavailableError(reason), reason, fault)
export const refused = (reason: string): SystemError => describe(new SystemRefusedError(reason), reason)

function describe (error: Error, reason: string, fault?: string): SystemError {
  return Object.assign(error, { reason }, fault !== undefined && { fault }) as unknown as SystemError
}
