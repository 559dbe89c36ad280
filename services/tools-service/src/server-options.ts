import type { Server } from 'node:http'
import { LogController, type FastifyHttpOptions, type FastifyReply } from 'fastify'
import { ToolCallInvalidError } from './errors.ts'

/** How the HTTP server of this service is made: what it lets a sender do, and what its log may hold. */
export function serverOptions (logger: { level: string, stream?: { write (line: string): void } }): FastifyHttpOptions<Server> {
  return {
    // A tool call is a few hundred bytes from a machine. Together these end one that drips in after 5 s: Node looks once
    // an interval, and swaps the first two when headersTimeout is the larger.
    requestTimeout: 5_000,
    http: { headersTimeout: 4_000, connectionsCheckingInterval: 500 },
    bodyLimit: 16 * 1024,
    return503OnClosing: false, // a tool call that comes while we close still gets its answer
    // A URL holds the name of a tool as the model made it up: the route logs the tools that exist.
    logController: new LogController({ disableRequestLogging: true }),
    logger,
    frameworkErrors: (fault, request, reply: unknown) => {
      const { code, message, statusCode } = new ToolCallInvalidError()
      void (reply as FastifyReply).code(statusCode ?? 400).send({ error: { code, message } })
    }
  }
}
