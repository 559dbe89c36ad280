import type { FastifyInstance, FastifyRequest } from 'fastify'
import { StreamTickets, type CallContext } from '@karani/call-context'
import { SUBPROTOCOL } from '@karani/sautikit'
import { answerCall, type Admitted, type AnsweringConfig } from '../call/answer-call.ts'
import { envelope, GatewayFullError, StreamTakenError, SubprotocolMissingError, TicketRefusedError, TicketsUnavailableError } from '../errors.ts'

declare module 'fastify' { interface FastifyRequest { admitted: Admitted | null } }

/**
 * The carrier's media socket. Subprotocol, room and ticket are checked before the handshake is answered: until then no
 * call, socket or model session exists. A ticket is spent last, so that a refusal for another reason does not waste it.
 */
export default async function audio (app: FastifyInstance, config: AnsweringConfig): Promise<void> {
  const tickets = new StreamTickets(app.redis)
  app.decorateRequest('admitted', null)

  async function admit (request: FastifyRequest): Promise<void> {
    if (!request.ws || !offered(request).includes(SUBPROTOCOL)) throw new SubprotocolMissingError()
    const place = app.calls.take()
    if (place === null) throw new GatewayFullError()
    const free = (): void => { if (place.call === null) app.calls.free(place) }
    request.raw.socket.once('close', free) // also when the handshake is never completed
    request.admitted = { place, context: await spend(request).catch((err: unknown) => { free(); throw err }) }
  }

  async function spend (request: FastifyRequest): Promise<CallContext> {
    const { ticket } = request.params as { ticket: string }
    const spent = await tickets.spend(ticket).catch((cause: unknown) => { throw new TicketsUnavailableError({ cause }) })
    if (spent === 'unknown') throw new TicketRefusedError()
    if (spent === 'taken') throw new StreamTakenError()
    if (!app.clips.has(spent.line)) throw new TicketRefusedError()
    return spent
  }

  app.get('/audio/:ticket', {
    websocket: true,
    preValidation: admit,
    errorHandler: (err, _request, reply) => {
      app.callMetrics.refused(err.code)
      void reply.code(err.statusCode ?? 500).send(envelope(err))
    }
  }, (socket, request) => answerCall(app, socket, request.admitted!, config))
}

const offered = (request: FastifyRequest): string[] => (request.headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim())
