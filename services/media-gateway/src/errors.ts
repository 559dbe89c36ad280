import { createError, type FastifyError } from '@fastify/error'

/** The media socket was opened without the carrier's subprotocol. */
export const SubprotocolMissingError = createError('SUBPROTOCOL_MISSING', 'The media socket must offer the carrier\'s subprotocol', 426)
/** The ticket is unknown, expired or spent. */
export const TicketRefusedError = createError('TICKET_REFUSED', 'This ticket opens no stream', 401)
/** The call already has its stream: the first socket keeps it. */
export const StreamTakenError = createError('STREAM_TAKEN', 'This call is already streaming', 409)
/** Redis did not answer, so no ticket can be spent. */
export const TicketsUnavailableError = createError('TICKETS_UNAVAILABLE', 'Tickets cannot be checked right now', 503)
/** MAX_CALLS are live, or the process is going away. */
export const GatewayFullError = createError('GATEWAY_FULL', 'No room for another call', 503)
/** A request for something else than the media socket, health or metrics. */
export const NotFoundError = createError('NOT_FOUND', 'There is nothing here', 404)

/** The body of every refusal. */
export const envelope = ({ code, message }: Pick<FastifyError, 'code' | 'message'>): object => ({ error: { code, message } })
