import createError from '@fastify/error'

/** The database's clock is set off, as for a demonstration, and the carrier is a real one. Nobody is dialled. */
export const ClockSetOffError = createError('DIAL_CLOCK_SET_OFF', 'The clock is set off, and the carrier is not this machine\'s own', 500)

/** A campaign calls from a number that the lines file does not have. Nobody is dialled. */
export const LineUnknownError = createError('DIAL_LINE_UNKNOWN', 'A campaign calls from a number that is no line of ours', 500)
