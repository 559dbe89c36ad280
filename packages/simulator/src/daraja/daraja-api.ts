import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { DarajaBehaviour, Reply } from './behaviour.ts'
import type { Clock } from './clock.ts'
import { DarajaFault } from './daraja-fault.ts'
import { checkPush, checkQuery, type Merchant } from './merchant-request.ts'
import type { Phones } from './phones.ts'
import { RESULTS } from './results.ts'
import type { Tokens } from './tokens.ts'

/** What a client asked for. */
export interface DarajaRequest { readonly at: Date, readonly method: string, readonly url: string, readonly body: unknown }

export interface DarajaApiOptions {
  readonly merchant: Merchant
  readonly clock: Clock
  readonly allowPlaintext: boolean
  readonly phones: Phones
  readonly tokens: Tokens
  /** Filled with every request. */
  readonly requests: DarajaRequest[]
  current (): DarajaBehaviour
  /** Asked once a push. */
  forNextPush (): DarajaBehaviour
}

/** The three requests of a push, with the gateway's envelope for faults. */
export async function darajaApi (app: FastifyInstance, { merchant, clock, allowPlaintext, phones, tokens, requests, current, forNextPush }: DarajaApiOptions): Promise<void> {
  const requestId = (): string => `${randomBytes(2).toString('hex')}-${randomBytes(14).toString('hex')}`

  app.addHook('preHandler', async ({ method, url, body }) => { requests.push({ at: clock.now(), method, url, body }) })
  app.setErrorHandler(async (err: Error & { statusCode?: number }, _request, reply) => {
    const { status, errorCode, message } = err instanceof DarajaFault ? err : new DarajaFault(err.statusCode ?? 500, '400.002.05', 'Invalid Request Payload')
    await reply.code(status).send({ requestId: requestId(), errorCode, errorMessage: message })
  })
  app.setNotFoundHandler(async () => { throw new DarajaFault(404, '404.001.01', 'Resource not found') })

  /** Answers as planned: `documented`, a fault, or nothing. */
  function answer (reply: FastifyReply, plan: Reply, documented: () => object): FastifyReply {
    if (plan === 'as documented') return reply.send(documented())
    if (plan === 'never' || plan === 'cut') {
      reply.hijack()
      if (plan === 'cut') reply.raw.destroy()
      return reply
    }
    const { status, body } = plan
    return typeof body === 'string' ? reply.code(status).type('text/html').send(body) : reply.code(status).send({ requestId: requestId(), ...body })
  }

  app.get<{ Querystring: { grant_type?: string } }>('/oauth/v1/generate', async (request, reply) => {
    const { tokenReply, tokenLifeS, tokenUses } = current()
    if (request.headers.authorization !== `Basic ${Buffer.from(`${merchant.consumerKey}:${merchant.consumerSecret}`).toString('base64')}`) throw new DarajaFault(400, '400.008.01', 'Invalid Authentication passed')
    if (request.query.grant_type !== 'client_credentials') throw new DarajaFault(400, '400.008.02', 'Invalid grant type passed')
    return answer(reply, tokenReply, () => ({ access_token: tokens.grant(tokenLifeS, tokenUses), expires_in: String(tokenLifeS) }))
  })

  app.post('/mpesa/stkpush/v1/processrequest', async (request, reply) => {
    tokens.spend(request.headers.authorization)
    const body = checkPush(request.body, merchant, allowPlaintext)
    const behaviour = forNextPush()
    const push = behaviour.takesPush ? phones.ask(body, behaviour) : undefined
    if (behaviour.callbacksFirst) await push?.settled
    if (behaviour.pushReplyMs > 0) await new Promise<void>(resolve => clock.after(behaviour.pushReplyMs, resolve))
    return answer(reply, behaviour.pushReply, () => ({
      MerchantRequestID: push?.merchantRequestId,
      CheckoutRequestID: push?.checkoutRequestId,
      ResponseCode: '0',
      ResponseDescription: 'Success. Request accepted for processing',
      CustomerMessage: 'Success. Request accepted for processing'
    }))
  })

  app.post('/mpesa/stkpushquery/v1/query', async (request, reply) => {
    tokens.spend(request.headers.authorization)
    const push = phones.find(checkQuery(request.body, merchant))
    const { queryReply, pendingAs, resultCodeAs } = current()
    return answer(reply, queryReply, () => {
      if (push === undefined) throw new DarajaFault(500, '500.001.1001', 'The transaction does not Exist')
      if (push.result === null && pendingAs === 'error 500.001.1001') throw new DarajaFault(500, '500.001.1001', 'The transaction is being processed')
      const [code, description] = push.result === null ? [4999, 'The transaction is still under processing'] : RESULTS[push.result]
      return {
        ResponseCode: '0',
        ResponseDescription: 'The service request has been accepted successsfully',
        MerchantRequestID: push.merchantRequestId,
        CheckoutRequestID: push.checkoutRequestId,
        ResultCode: resultCodeAs === 'text' ? String(code) : code,
        ResultDesc: description
      }
    })
  })
}
