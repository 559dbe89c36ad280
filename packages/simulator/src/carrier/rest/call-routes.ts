import type { FastifyInstance } from 'fastify'
import type { CarrierSwitch } from '../carrier-switch.ts'
import type { SimulatedCall } from '../simulated-call.ts'
import { viewCall } from './call-view.ts'
import { withDialFault } from './dial-fault.ts'
import { readDialRequest } from './dial-request.ts'
import { RestError } from './rest-error.ts'

const DEFAULT_PAGE = 25
const UUID = /^[0-9a-f]{8}-/

interface Placed { readonly fingerprint: string, readonly call: SimulatedCall, readonly answer: object }
type ById = { Params: { id: string } }

/** Placing, reading, moving and ending calls. */
export async function callRoutes (app: FastifyInstance, { carrier }: { carrier: CarrierSwitch }): Promise<void> {
  const { behaviour } = carrier
  /** By idempotency key; an entry counts while its call is up. */
  const placed = new Map<string, Placed>()

  const find = (id: string): SimulatedCall => {
    const call = behaviour.callPathId === 'UUID' && !UUID.test(id) ? undefined : carrier.find(id)
    if (call === undefined) throw new RestError(404, 'calls.not_found', 'There is no such call.')
    return call
  }

  const place = (body: unknown, idempotencyKey: string | undefined): object => {
    const request = readDialRequest(body)
    const key = idempotencyKey ?? (behaviour.clientRequestIdDeduplicates ? request.label : undefined)
    const earlier = key === undefined ? undefined : placed.get(key)
    if (earlier?.call.isOver === false) {
      if (earlier.fingerprint !== JSON.stringify(body)) throw new RestError(409, 'idempotency.conflict', 'The key was used for another request.')
      return earlier.answer
    }
    if (!carrier.numbers.has(request.from)) throw new RestError(403, 'calls.from_not_owned', 'The number to call from is not an active number of the workspace.')
    if (carrier.walletMinor <= 0) throw new RestError(402, 'wallet.insufficient_funds', 'The wallet is empty.')
    if (request.to.length > 1 && behaviour.severalTo === 'refused') throw new RestError(400, 'calls.request_invalid', '/to has more than one number')
    const [call] = request.to.map(to => carrier.dial({ from: request.from, to, voiceUrl: request.voiceUrl, clientRequestId: request.ridingLabel }))
    const answer = { call_id: call!.callId, session_id: call!.sessionId, status: 'ringing', ...(request.label !== undefined && { client_request_id: request.label }) }
    if (key !== undefined) {
      placed.set(key, { fingerprint: JSON.stringify(body), call: call!, answer })
      void call!.ended.then(() => placed.delete(key))
    }
    return answer
  }

  for (const path of behaviour.originateAlias ? ['/calls', '/calls/originate'] : ['/calls']) {
    app.post<{ Headers: { 'idempotency-key'?: string } }>(path, async (request, reply) => {
      const fault = behaviour.dialFault(readDialRequest(request.body))
      return await withDialFault(fault, reply.code(201), () => place(request.body, request.headers['idempotency-key']))
    })
  }

  app.get<{ Querystring: { status?: string, direction?: string, q?: string, session_id?: string, cursor?: string, limit?: string, from?: string, to?: string } }>('/calls', async ({ query }) => {
    const limit = Math.min(100, Math.max(1, Number(query.limit ?? DEFAULT_PAGE) || DEFAULT_PAGE))
    const offset = Number(query.cursor ?? 0) || 0
    const fitting = carrier.calls.toReversed().filter(call =>
      (query.status === undefined || query.status.split(',').includes(call.status)) &&
      (query.direction === undefined || query.direction === call.setup.direction) &&
      (query.from === undefined || call.startedAt >= instant(query.from)) &&
      (query.to === undefined || call.startedAt <= instant(query.to)) &&
      (query.session_id === undefined || query.session_id === call.sessionId) &&
      (query.q === undefined || call.sessionId.includes(query.q) || (call.remoteNumber ?? '').includes(query.q)))
    const data = fitting.slice(offset, offset + limit).map(call => viewCall(call, carrier))
    return { data, next_cursor: offset + limit < fitting.length ? String(offset + limit) : null }
  })

  app.get<ById>('/calls/:id', async ({ params }) => ({ call: viewCall(find(params.id), carrier) }))

  app.post<ById>('/calls/:id/hangup', async ({ params }) => {
    const call = find(params.id)
    call.finish('api', 'normal_clearing')
    return { call_id: call.callId, status: 'hung_up' }
  })

  app.post<ById>('/calls/:id/redirect', async ({ params, body }) => {
    const call = find(params.id)
    const { redirect, redirectField } = call.behaviour
    if (typeof redirect === 'number') throw new RestError(redirect, redirect === 500 ? 'internal_error' : 'route.not_found', 'The call cannot be redirected.')
    const given = (body ?? {}) as Record<string, unknown>
    const url = redirectField === 'either' ? given.routing_url ?? given.voice_callback_url : given[redirectField]
    if (typeof url !== 'string' || !URL.canParse(url)) throw new RestError(400, 'calls.request_invalid', 'The redirect needs a URL.')
    if (call.isOver) throw new RestError(409, 'calls.ended', 'The call is over.')
    if (redirect === 'works') call.redirect(url)
    return { call_id: call.callId, status: 'redirected' }
  })

  app.get<ById>('/calls/:id/recording', async ({ params }, reply) => {
    const call = find(params.id)
    if (!call.isOver) return await reply.code(202).send({ status: 'pending', retry_after_seconds: 30 })
    if (call.kept === null) throw new RestError(404, 'calls.recording_not_found', 'The call was not recorded.')
    return await reply.redirect(carrier.recordingUrl(call.kept.id), 302)
  })
}

/** RFC 3339, or seconds since 1970. */
const instant = (text: string): Date => new Date(/^\d+$/.test(text) ? Number(text) * 1000 : text)
