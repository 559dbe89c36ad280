import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { CarrierSwitch } from '../carrier-switch.ts'
import { callRoutes } from './call-routes.ts'
import { numberRoutes } from './number-routes.ts'
import { RestError } from './rest-error.ts'
import { walletRoutes } from './wallet-routes.ts'

/** What a client asked for, and what it got. */
export interface RestRequest {
  readonly at: Date
  readonly method: string
  readonly url: string
  readonly idempotencyKey: string | undefined
  readonly body: unknown
  readonly status: number
}

export interface CarrierApiOptions {
  readonly carrier: CarrierSwitch
  readonly apiKey: string
  /** Filled with every request. */
  readonly requests: RestRequest[]
}

const MAX_REQUESTS = 10_000

/** The carrier's REST API under `/v1`: a bearer key on every request, errors as `{ error: { code, message, request_id } }`. */
export async function carrierApi (app: FastifyInstance, { carrier, apiKey, requests }: CarrierApiOptions): Promise<void> {
  app.addHook('onRequest', async request => {
    if (request.headers.authorization !== `Bearer ${apiKey}`) throw new RestError(401, 'api_key.invalid', 'The API key is missing or not valid.')
  })
  app.addHook('onResponse', async ({ method, url, headers, body }, { statusCode: status }) => {
    requests.push({ at: new Date(), method, url, idempotencyKey: headers['idempotency-key']?.toString(), body, status })
    if (requests.length > MAX_REQUESTS) requests.shift()
  })
  app.setErrorHandler(async (err: Error & { statusCode?: number }, _request, reply) => {
    const { statusCode = 500 } = err
    const code = err instanceof RestError ? err.code : statusCode < 500 ? 'request.invalid' : 'internal_error'
    await reply.code(statusCode).send({ error: { code, message: err.message, request_id: `req_${randomBytes(6).toString('hex')}` } })
  })
  app.setNotFoundHandler(async () => { throw new RestError(404, 'route.not_found', 'There is no such route.') })
  await app.register(callRoutes, { carrier })
  await app.register(numberRoutes, { carrier })
  await app.register(walletRoutes, { carrier })
}
