import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { AccessToken, type GrantedToken } from './access-token.ts'
import { DarajaRefusedError, DarajaUnansweredError, type DarajaError } from './errors.ts'

export interface DarajaApiOptions {
  /** DARAJA_SANDBOX_URL or DARAJA_PRODUCTION_URL. */
  readonly baseUrl: string
  readonly consumerKey: string
  readonly consumerSecret: string
  /** Of each request, its answer's body included. */
  readonly timeoutMs: number
  readonly now: () => Date
}

/** Some documents show the seconds as a number, the API sends them as a text. */
const TokenReply = Type.Object({ access_token: Type.String({ minLength: 1 }), expires_in: Type.Union([Type.Integer(), Type.String({ pattern: '^\\d{1,6}$' })]) })

/** How the gateway words its refusals. `errorMessage` is compared, and never passed on. */
const Fault = Type.Object({ errorCode: Type.String({ pattern: '^[A-Za-z0-9_.]{1,32}$' }), errorMessage: Type.Optional(Type.String()) })
export type Fault = Static<typeof Fault>

interface Answer { readonly status: number, readonly reply: unknown }

/** No byte of the request has left: there was no connection to send it on. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])
const TOKEN_FAULTS = new Set(['404.001.03', '400.003.01', '401.002.01', '401.003.01'])
/** Answers of 500 that are refusals all the same: `500.001.1001` is all of these, and it is a failure too. */
const REFUSED_BY_500: ReadonlyArray<readonly [code: string, message: RegExp]> = [
  ['500.001.1001', /wrong credentials|merchant does not exist|unable to lock subscriber|does not exist/i],
  ['500.003.02', /spike arrest|system is busy/i],
  ['500.003.03', /quota/i]
]

/** Daraja's gateway: access tokens, time limits and its two forms of refusal. */
export class DarajaApi {
  readonly #options: DarajaApiOptions
  readonly #token: AccessToken

  constructor (options: DarajaApiOptions) {
    this.#options = { ...options, baseUrl: options.baseUrl.replace(/\/+$/, '') }
    this.#token = new AccessToken(async () => await this.#grantToken(), options.now)
  }

  /**
   * Posts, once; twice where a token was refused, since a request without a good token goes no further than the gateway.
   * `onFault` may make a reply of an answer that is a fault by its form.
   * @throws DarajaError
   */
  async post<Reply extends TSchema> (path: string, body: object, reply: Reply, onFault?: (fault: Fault) => Static<Reply> | undefined): Promise<Static<Reply>> {
    let token = await this.#token.get()
    let answer = await this.#send(path, { method: 'POST', token, body })
    if (isTokenFault(answer)) {
      this.#token.drop(token)
      token = await this.#token.get()
      answer = await this.#send(path, { method: 'POST', token, body })
    }
    const fault = Value.Check(Fault, answer.reply) ? onFault?.(answer.reply) : undefined
    return fault ?? read(answer, reply)
  }

  async #grantToken (): Promise<GrantedToken> {
    const { consumerKey, consumerSecret } = this.#options
    try {
      const answer = await this.#send('/oauth/v1/generate?grant_type=client_credentials', { method: 'GET', basic: `${consumerKey}:${consumerSecret}` })
      const { access_token: token, expires_in: expiresIn } = read(answer, TokenReply)
      return { token, expiresInS: Number(expiresIn) }
    } catch (cause) { // whatever it was, the request that needs the token was not sent
      throw refused(`token_${(cause as DarajaError).reason}`, cause)
    }
  }

  async #send (path: string, { method, token, basic, body }: { method: string, token?: string, basic?: string, body?: object }): Promise<Answer> {
    const { baseUrl, timeoutMs } = this.#options
    try {
      const response = await fetch(baseUrl + path, {
        method,
        headers: {
          authorization: token !== undefined ? `Bearer ${token}` : `Basic ${Buffer.from(basic ?? '').toString('base64')}`,
          ...(body !== undefined && { 'content-type': 'application/json' })
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'manual', // credentials and phone numbers are for this origin alone
        signal: AbortSignal.timeout(timeoutMs)
      })
      return { status: response.status, reply: parse(await response.text()) }
    } catch (err) {
      const { name, cause } = err as Error // its own message may repeat a header
      if (NEVER_SENT.has((cause as { code?: string } | undefined)?.code ?? '')) throw refused('unreachable', cause)
      throw unanswered(name === 'TimeoutError' ? 'timeout' : 'network', cause)
    }
  }
}

function isTokenFault ({ status, reply }: Answer): boolean {
  return status === 401 || (Value.Check(Fault, reply) && TOKEN_FAULTS.has(reply.errorCode))
}

function read<Reply extends TSchema> ({ status, reply }: Answer, schema: Reply): Static<Reply> {
  if (status >= 200 && status <= 299 && Value.Check(schema, reply)) return reply
  const fault = Value.Check(Fault, reply) ? reply : undefined
  if (status >= 400 && status <= 499) throw refused(fault?.errorCode ?? `http_${status}`)
  if (fault !== undefined && isRefusal(fault)) throw refused(fault.errorCode)
  throw unanswered(fault?.errorCode ?? (status >= 200 && status <= 299 ? 'unreadable' : `http_${status}`))
}

const isRefusal = ({ errorCode, errorMessage = '' }: Fault): boolean => REFUSED_BY_500.some(([code, message]) => code === errorCode && message.test(errorMessage))

export const refused = (reason: string, cause?: unknown): Error & DarajaError => describe(new DarajaRefusedError(reason), reason, cause)
const unanswered = (reason: string, cause?: unknown): Error & DarajaError => describe(new DarajaUnansweredError(reason), reason, cause)
const describe = (error: Error, reason: string, cause: unknown): Error & DarajaError => Object.assign(error, { reason }, cause !== undefined && { cause }) as Error & DarajaError

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
