import { CallNewsStream, type CallContext } from '@karani/call-context'
import { emptyDocument, readVoiceRequest, type VoiceRequest } from '@karani/sautikit'
import { lineOf, type Line, type Lines } from '@karani/lines'
import type { FastifyInstance } from 'fastify'
import type { CallbackSeal } from '../callback-seal.ts'
import { CallbackUrlInvalidError } from '../errors.ts'
import { partiesOf } from '../parties.ts'
import { handOffDocument, notInServiceDocument, type Staff } from '../plain-documents.ts'
import { decideVoice } from '../voice-decision.ts'
import { readBody } from '../webhook-body.ts'
import { REDIS_BUDGET_MS, within } from '../within.ts'

const PATH = '/voice/handoff'

/** Where the carrier finds whom to ring when this call is to go to a person. */
export const handOffUrl = (publicUrl: string, seal: CallbackSeal, callId: string): string => `${publicUrl}${PATH}?call=${seal.seal(callId)}`

interface HandOffOptions { readonly lines: Lines, readonly staff: Staff, readonly seal: CallbackSeal }

/**
 * `POST /voice/handoff?call=…`: the carrier has taken the call off its stream. That it comes here is the only proof of it, so whoever holds
 * the stream is told. The document itself is made of the lines file: Redis may be away, and any replica can serve any repetition.
 */
export default async function handOff (app: FastifyInstance, { lines, staff, seal }: HandOffOptions): Promise<void> {
  const { contexts, note, settle } = app.callState
  const news = new CallNewsStream(app.redis)

  /** Null for news of a call that has its document. */
  async function taken (call: VoiceRequest): Promise<CallContext | undefined | null> {
    const context = await contexts.get(call.callId)
    await note(call.callIds, { state: call.state, ...(call.durationSeconds !== undefined && { durationSeconds: call.durationSeconds }) })
    if (decideVoice(call.state, { firstState: context?.handOffState, streamed: false }) === 'acknowledge') {
      await settle(call.callIds)
      return null
    }
    if (context !== undefined) await contexts.open({ ...context, handOffState: call.state })
    await news.publish({ callId: call.callId, newsId: 'handed-over', kind: 'handed-over', text: 'The carrier has the call.' })
    return context
  }

  /** The language is that of the conversation. */
  function lineFor (call: VoiceRequest, context: CallContext | undefined): Pick<Line, 'number' | 'language'> | undefined {
    const line = lineOf(lines, context?.line ?? '') ?? partiesOf(lines, call)?.line
    return line && { number: line.number, language: context?.language ?? line.language }
  }

  app.post<{ Querystring: { call?: unknown } }>(PATH, async (request, reply) => {
    const callId = seal.open(String(request.query.call))
    if (callId === undefined) throw new CallbackUrlInvalidError()
    const call = { ...readVoiceRequest(readBody(request)), callId }
    const context = await within(REDIS_BUDGET_MS, taken(call)).catch((err: Error) => {
      app.counters.fallbacks.inc({ cause: 'error' })
      request.log.error({ callId, cause: err.message }, 'handing over without redis')
      return undefined
    })
    const line = context === null ? undefined : lineFor(call, context)
    app.counters.documents.inc({ kind: context === null ? 'empty' : line === undefined ? 'not-in-service' : 'hand-off' })
    request.log.info({ callId, state: call.state }, 'hand-off request answered')
    const document = context === null ? emptyDocument() : line === undefined ? notInServiceDocument() : handOffDocument(staff, line)
    return await reply.type('application/xml').send(document)
  })
}
