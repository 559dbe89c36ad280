import type { Server } from 'node:http'
import type { FastifyHttpOptions, FastifyReply } from 'fastify'
import { envelope } from './plugins/refusals.ts'

/** How the HTTP server of this service is made: what it lets a sender do, and what its log may hold. */
export function serverOptions (logger: { level: string, stream?: { write (line: string): void } }): FastifyHttpOptions<Server> {
  return {
    // A webhook is about a kilobyte from a machine. Together these end one that drips in after 5 s: Node looks once an
    // interval, and swaps the first two when headersTimeout is the larger.
    requestTimeout: 5_000,
    http: { headersTimeout: 4_000, connectionsCheckingInterval: 500 },
    bodyLimit: 16 * 1024,
    return503OnClosing: false, // a call that is being answered while we close still gets its document
    // URLs hold tokens and seals: the log names the route, and a URL that cannot be decoded is not repeated.
    logger: { ...logger, serializers: { req: ({ method, routeOptions }) => ({ method, route: routeOptions?.url }) } },
    frameworkErrors: ({ code, statusCode = 400 }, request, reply: unknown) => { void (reply as FastifyReply).code(statusCode).send(envelope(code, 'The URL cannot be read')) }
  }
}
