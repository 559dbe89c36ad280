import type { SystemError } from '../errors.ts'
import { HttpSystem, readReply, TIMEOUT_MS, type Ask, type HttpSystemOptions } from '../http-system.ts'

/** What came of a request. `status` is null without an answer; `problem` says why there is none, or why its reply is no JSON. */
export interface Answer { readonly status: number | null, readonly reply?: unknown, readonly problem?: string }

const NOT_A_SECRET = 'this-is-not-the-secret'

/** A team's server, asked as Karani asks it. */
export class Peer {
  readonly #options: HttpSystemOptions
  readonly #maxBytes: number
  #asked = 0
  #late = 0

  constructor (options: HttpSystemOptions, maxBytes = 64 * 1024) {
    this.#options = options
    this.#maxBytes = maxBytes
  }

  async ask (ask: Ask, secret = this.#options.secret): Promise<Answer> {
    this.#asked++
    try {
      return await new HttpSystem({ ...this.#options, secret }).exchange(ask, async response => await this.#read(ask, response))
    } catch (err) {
      const { reason, fault } = err as SystemError
      if (reason !== 'timeout') return { status: null, problem: `there was no answer${fault === undefined ? '' : ` (${fault})`}: is the server up, and its URL right?` }
      this.#late++
      return { status: null, problem: `there was no whole answer within ${this.#seconds}` }
    }
  }

  async find (path: string, query: object): Promise<Answer> {
    return await this.ask({ method: 'POST', path, body: query })
  }

  async tell (path: string, id: string, effect: object): Promise<Answer> {
    return await this.ask({ method: 'PUT', path: `${path}/${id}`, body: effect, idempotencyKey: id })
  }

  /** What speaks against it that this is asked by nobody who does not know the secret. */
  async whenUnproven (ask: Ask): Promise<string | undefined> {
    for (const secret of [NOT_A_SECRET, '']) {
      const problem = unlike(await this.ask(ask, secret), 401)
      if (problem !== undefined) return `${secret === '' ? 'without a secret' : 'under a wrong secret'}, ${problem}`
    }
  }

  get timeLimit (): string { return `answers each request within ${this.#seconds}` }
  get lateness (): string | undefined { return this.#late === 0 ? undefined : `${this.#late} of ${this.#asked} came too late` }
  get #seconds (): string { return `${(this.#options.timeoutMs ?? TIMEOUT_MS) / 1000} s` }

  /** Of an effect that was told only the status counts. */
  async #read ({ method }: Ask, response: Response): Promise<Answer> {
    const { status } = response
    if (status !== 200 || method === 'PUT') return { status }
    try {
      return { status, reply: await readReply(response, this.#maxBytes) }
    } catch (err) {
      if ((err as SystemError).reason !== 'unreadable') throw err
      return { status, problem: `the reply ${(err as SystemError).fault}` }
    }
  }
}

/** What speaks against it that this is an answer of one of these statuses. */
export function unlike ({ status, problem }: Answer, ...wanted: number[]): string | undefined {
  if (status === null || problem !== undefined) return problem
  return wanted.includes(status) ? undefined : other(status, wanted.join(', ').replace(/, (\d+)$/, ' or $1'))
}

export function untaken ({ status, problem }: Answer): string | undefined {
  if (status === null || problem !== undefined) return problem
  return status >= 200 && status <= 299 ? undefined : other(status, '2xx')
}

function other (status: number, wanted: string): string {
  const said = `it answered ${status}, not ${wanted}`
  if (status >= 300 && status <= 399) return `${said}: redirects are not followed`
  if (status === 401) return `${said}: is it the secret that the system knows?`
  if (status === 404) return `${said}: is the URL right, and what was asked for there?`
  return said
}
