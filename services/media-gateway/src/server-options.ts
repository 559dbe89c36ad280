import type { Server } from 'node:http'
import type { FastifyHttpOptions, FastifyReply } from 'fastify'
import { envelope, NotFoundError } from './errors.ts'

/** How the HTTP server of this service is made: what it lets a sender do, and what its log may hold. Open media sockets are not concerned. */
export function serverOptions (logger: { level: string }): FastifyHttpOptions<Server> {
  return {
    // A handshake is a few hundred bytes from a machine. Together these end one that drips in after 5 s: Node looks once
    // an interval, and swaps the first two when headersTimeout is the larger.
    requestTimeout: 5_000,
    http: { headersTimeout: 4_000, connectionsCheckingInterval: 500 },
    bodyLimit: 1_024,
    pluginTimeout: 0, // it holds for preClose too, and a drain takes as long as the calls do
    return503OnClosing: false, // healthz answers while calls drain
    // Requests name the call by its ticket: neither the URL nor the caller's address is logged.
    logger: { ...logger, serializers: { req: ({ method, routeOptions }) => ({ method, route: routeOptions?.url }) } },
    frameworkErrors: (fault, request, reply: unknown) => { void (reply as FastifyReply).code(404).send(envelope(new NotFoundError())) }
  }
}
