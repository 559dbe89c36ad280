import { emptyDocument, readVoiceRequest, streamDocument, type VoiceRequest } from '@karani/sautikit'
import type { CallContext } from '@karani/call-context'
import type { CarrierFact } from '@karani/call-model'
import type { Lines } from '@karani/lines'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CallbackSeal } from '../callback-seal.ts'
import { partiesOf, type Parties } from '../parties.ts'
import { apologyDocument, fallbackDocument, notInServiceDocument, type Staff } from '../plain-documents.ts'
import type { DocumentKind } from '../plugins/counters.ts'
import { decideVoice, isAfterTheDocument } from '../voice-decision.ts'
import { readBody } from '../webhook-body.ts'
import { REDIS_BUDGET_MS, within } from '../within.ts'
import { handOffUrl } from './hand-off.ts'
import { streamStatusUrl } from './stream-status.ts'

interface VoiceOptions {
  readonly lines: Lines
  readonly staff: Staff
  readonly seal: CallbackSeal
  readonly publicUrl: string
  readonly mediaUrl: string
}

interface Answer { readonly kind: DocumentKind, readonly document: string }

const NOTHING_TO_DO: Answer = { kind: 'empty', document: emptyDocument() }
const NOT_IN_SERVICE: Answer = { kind: 'not-in-service', document: notInServiceDocument() }

/** `POST /voice`: the carrier asks what to do with a call, or tells what became of it. It gets a document in any case. */
export default async function voice (app: FastifyInstance, { lines, staff, seal, publicUrl, mediaUrl }: VoiceOptions): Promise<void> {
  const { contexts, tickets, note, settle } = app.callState

  async function handle (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const call = readVoiceRequest(readBody(request), request.query)
    const { kind, document } = await answerInTime(call, request)
    app.counters.documents.inc({ kind })
    request.log.info({ callId: call.callId, state: call.state, document: kind }, 'voice request answered')
    return await reply.type('application/xml').send(document)
  }

  async function answerInTime (call: VoiceRequest, { log }: FastifyRequest): Promise<Answer> {
    const parties = partiesOf(lines, call)
    if (parties === undefined) return isAfterTheDocument(call.state) ? NOTHING_TO_DO : NOT_IN_SERVICE
    try {
      return await within(REDIS_BUDGET_MS, answer(call, parties))
    } catch (err) {
      const { code, message } = err as Error & { code?: string }
      app.counters.fallbacks.inc({ cause: code === 'REDIS_UNAVAILABLE' ? 'timeout' : 'error' })
      log.error({ callId: call.callId, cause: message }, 'answering without redis')
      if (isAfterTheDocument(call.state)) return NOTHING_TO_DO
      return isPlacedByUs(call) ? apology(parties) : { kind: 'fallback', document: fallbackDocument(staff, parties.line) }
    }
  }

  async function answer (call: VoiceRequest, parties: Parties): Promise<Answer> {
    const { context, streamed } = await contexts.standing(call.callId)
    await note(call.callIds, factOf(call), call.clientRequestId)
    if (decideVoice(call.state, { firstState: context?.firstState, streamed }) === 'acknowledge') {
      await settle(call.callIds)
      return NOTHING_TO_DO
    }
    const known = context?.firstState === undefined ? await open(call, parties) : context
    if (isWithoutReason(known)) return apology(parties)
    const ticket = await tickets.mint(call.callId)
    return {
      kind: 'stream',
      document: streamDocument({ url: `${mediaUrl}/audio/${ticket}`, statusCallback: streamStatusUrl(publicUrl, seal, call.callId) })
    }
  }

  async function open (call: VoiceRequest, parties: Parties): Promise<CallContext> {
    const context = { ...await contextOf(call, parties), firstState: call.state, handOffUrl: handOffUrl(publicUrl, seal, call.callId) }
    await contexts.open(context)
    return context
  }

  /** Whoever places an outbound call prepares its context under a label, before the call has an id. The carrier does not always say which way a call goes. */
  async function contextOf (call: VoiceRequest, { line, caller }: Parties): Promise<CallContext> {
    const { callId, clientRequestId } = call
    const prepared = clientRequestId === undefined ? undefined : await contexts.findByClientRequestId(clientRequestId)
    return prepared !== undefined
      ? { ...prepared, callId }
      : {
          callId,
          direction: isPlacedByUs(call) ? 'outbound' : 'inbound',
          agent: line.agent,
          line: line.number,
          businessName: line.name,
          caller,
          language: line.language,
          openedAt: new Date().toISOString()
        }
  }

  app.post('/voice', { preValidation: app.fromCarrier('fresh') }, handle)
  app.post('/voice/:token', { preValidation: app.fromCarrier('fresh') }, handle)
}

const isPlacedByUs = ({ direction, clientRequestId }: VoiceRequest): boolean => direction === 'outbound' || clientRequestId !== undefined

/** What was prepared for it has a label, and is gone. */
const isWithoutReason = ({ direction, clientRequestId }: CallContext): boolean => direction === 'outbound' && clientRequestId === undefined

const apology = ({ line }: Parties): Answer => ({ kind: 'apology', document: apologyDocument(line) })

function factOf ({ state, durationSeconds }: VoiceRequest): CarrierFact {
  return { state, ...(durationSeconds !== undefined && { durationSeconds }) }
}
