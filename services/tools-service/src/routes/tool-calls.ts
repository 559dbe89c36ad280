import { Type } from 'typebox'
import { TypeBoxValidatorCompiler, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { DeliveryService } from '@karani/lines'
import { ToolUnknownError } from '../errors.ts'
import { toolFor } from '../tools/tools.ts'

const ToolCallBody = Type.Object({
  /** The model's id of this function call; a write repeated under the same id is not repeated. */
  id: Type.String({ pattern: '^[\\x21-\\x7e]{1,128}$' }),
  args: Type.Record(Type.String(), Type.Unknown())
})
const ToolCallParams = Type.Object({ callId: Type.String(), tool: Type.String() })

export interface ToolCallsOptions {
  readonly timeZone: string
  readonly currency: string
  readonly delivery: DeliveryService
  readonly now: () => Date
}

/** The model calls a tool: media-gateway forwards it under the token of the call. */
const toolCalls: FastifyPluginAsyncTypebox<ToolCallsOptions> = async (app, { timeZone, currency, delivery, now }) => {
  app.setValidatorCompiler(TypeBoxValidatorCompiler)

  app.post('/v1/calls/:callId/tools/:tool', {
    onRequest: app.requireCallToken,
    schema: { params: ToolCallParams, body: ToolCallBody }
  }, async ({ claims, params, body: { id, args }, log }) => {
    const tool = toolFor(claims.agent, params.tool)
    if (tool === undefined) throw new ToolUnknownError()
    const started = performance.now()
    const answer = await tool.carryOut(args, { id, claims, now: now(), timeZone, currency, delivery, restaurant: app.restaurant, payments: app.payments, systems: app.businessSystems }, app.records)
    const seconds = (performance.now() - started) / 1000
    const outcome = 'error' in answer ? answer.error.code : 'ok'
    app.toolCallSeconds.observe({ tool: tool.name, outcome }, seconds)
    log.info({ callId: claims.callId, tool: tool.name, outcome, seconds }, 'tool called')
    return { id, ...answer }
  })
}

export default toolCalls
