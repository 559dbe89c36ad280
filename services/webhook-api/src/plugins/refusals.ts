import fp from 'fastify-plugin'
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance } from 'fastify'

/** Every refusal is `{ error: { code, message } }`, is counted by its code, and tells nothing of what went wrong inside. */
async function refusals (app: FastifyInstance): Promise<void> {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const { statusCode = 500, code = 'INTERNAL', message, cause = error } = error
    app.counters.refusals.inc({ code })
    if (statusCode >= 500) request.log.error({ code, cause: (cause as Error).message }, 'request failed')
    else request.log.info({ code }, 'request refused')
    return await reply.code(statusCode).send(envelope(code, isOwn(code) ? message : STATUS_CODES[statusCode]))
  })
  app.setNotFoundHandler(async (request, reply) => await reply.code(404).send(envelope('NOT_FOUND', STATUS_CODES[404])))
}

/** Messages of the framework may repeat a header or the URL, those of unforeseen faults anything. */
const isOwn = (code: string): boolean => !code.startsWith('FST_') && code !== 'INTERNAL'

export const envelope = (code: string, message = 'Error'): object => ({ error: { code, message } })

export default fp(refusals, { name: 'refusals', fastify: '5.x', dependencies: ['counters'] })
