import fp from 'fastify-plugin'
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { TemporarilyUnavailableError, ToolCallInvalidError, ToolUnknownError } from '../errors.ts'
import { faultOf } from '../fault.ts'

/** Whatever goes wrong is `{ id, error: { code, message } }` with words that may be spoken, and tells nothing of the inside. */
async function refusals (app: FastifyInstance): Promise<void> {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const { statusCode = 500 } = error
    if (statusCode >= 500) request.log.error({ fault: faultOf(error) }, 'request failed')
    const { code, message } = speakable(error, statusCode)
    request.log.info({ code }, 'request refused')
    return await reply.code(statusCode >= 500 ? 503 : statusCode).send({ ...idOf(request), error: { code, message } })
  })
  app.setNotFoundHandler(() => { throw new ToolUnknownError() })
}

function speakable (error: FastifyError, statusCode: number): FastifyError {
  if (statusCode >= 500) return new TemporarilyUnavailableError()
  return error.code.startsWith('FST_') ? new ToolCallInvalidError() : error
}

function idOf ({ body }: FastifyRequest): { id?: string } {
  const { id } = (body ?? {}) as { id?: unknown }
  return typeof id === 'string' ? { id } : {}
}

export default fp(refusals, { name: 'refusals', fastify: '5.x' })
