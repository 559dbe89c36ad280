import { setTimeout as wait } from 'node:timers/promises'
import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { SautikitFailedError, SautikitRefusedError, SautikitUnreachableError, type SautikitError } from './errors.ts'

export interface SautikitApiOptions {
  /** The origin of the REST API, `https://api.sautikit.com`. */
  readonly url: string
  /** Opaque. */
  readonly apiKey: string
  /** Of each attempt, its answer's body included. */
  readonly timeoutMs?: number
  /** Before the second attempt at most; twice as long before the third. */
  readonly backoffMs?: number
}

export interface ApiRequest<Reply extends TSchema> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT'
  /** Begins with a slash; ids in it are encoded. */
  readonly path: string
  readonly body?: object
  readonly idempotencyKey?: string
  /** Asking twice does no more than asking once, so it is asked again when no final answer comes. */
  readonly repeatable?: boolean
  /** Instead of that of the client. */
  readonly timeoutMs?: number
  readonly reply: Reply
}

const MAX_ATTEMPTS = 3

/** What a connection that could not be made says. */
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

/** The first envelope is the API's; some final states are told in a bare one. */
const Fault = Type.Object({ code: Type.String({ pattern: '^[a-z][a-z0-9_.]{0,63}$' }), request_id: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })) })
const FaultEnvelope = Type.Object({ error: Fault })

/** The carrier's REST API: authentication, time limits, repetition and its two forms of error. */
export class SautikitApi {
  readonly #url: string
  readonly #apiKey: string
  readonly #timeoutMs: number
  readonly #backoffMs: number

  constructor ({ url, apiKey, timeoutMs = 3_000, backoffMs = 200 }: SautikitApiOptions) {
    this.#url = url.replace(/\/+$/, '')
    this.#apiKey = apiKey
    this.#timeoutMs = timeoutMs
    this.#backoffMs = backoffMs
  }

  /** @throws SautikitError */
  async request<Reply extends TSchema> (request: ApiRequest<Reply>): Promise<Static<Reply>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(request)
      } catch (err) {
        if (request.repeatable !== true || attempt === MAX_ATTEMPTS || !mayPass(err as SautikitError)) throw err
        await wait(Math.random() * this.#backoffMs * 2 ** (attempt - 1))
      }
    }
  }

  async #attempt<Reply extends TSchema> (request: ApiRequest<Reply>): Promise<Static<Reply>> {
    const { status, text, retryAfter } = await this.#send(request)
    const reply = parse(text)
    if (status < 200 || status > 299) throw faultOf(status, reply, retryAfterMs(retryAfter))
    if (!Value.Check(request.reply, reply)) throw describe(new SautikitFailedError('unreadable'), 'unreadable', { status })
    return reply
  }

  async #send ({ method, path, body, idempotencyKey, timeoutMs = this.#timeoutMs }: ApiRequest<TSchema>): Promise<{ status: number, text: string, retryAfter: string | null }> {
    try {
      const response = await fetch(this.#url + path, {
        method,
        headers: {
          authorization: `Bearer ${this.#apiKey}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey })
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'manual', // the key is for this origin alone
        signal: AbortSignal.timeout(timeoutMs)
      })
      return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') }
    } catch (err) {
      const { name, cause } = err as Error // its own message may repeat a header
      const reason = name === 'TimeoutError' ? 'timeout' : 'network'
      throw describe(new SautikitUnreachableError(reason, { cause }), reason, { unsent: UNSENT.has((cause as { code?: string } | undefined)?.code ?? '') })
    }
  }
}

function faultOf (status: number, reply: unknown, retryAfterMs: number | null): Error & SautikitError {
  const fault = Value.Check(FaultEnvelope, reply) ? reply.error : Value.Check(Fault, reply) ? reply : undefined
  const reason = fault?.code ?? `http_${status}`
  const refused = status >= 400 && status < 500
  return describe(refused ? new SautikitRefusedError(reason) : new SautikitFailedError(reason), reason, { status, retryAfterMs, requestId: fault?.request_id ?? null })
}

function describe (error: Error, reason: string, known: Partial<SautikitError>): Error & SautikitError {
  return Object.assign(error, { reason, status: null, requestId: null, retryAfterMs: null, unsent: false }, known) as Error & SautikitError
}

/** Seconds, or a date of HTTP. */
function retryAfterMs (text: string | null): number | null {
  if (text === null) return null
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - Date.now()
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

/** Whether the same request may succeed a moment later. */
const mayPass = ({ code, status }: SautikitError): boolean => code !== 'SAUTIKIT_REFUSED' || status === 429

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
