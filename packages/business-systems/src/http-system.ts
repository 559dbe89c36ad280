import { refused, unavailable, type SystemError } from './errors.ts'

export interface HttpSystemOptions {
  readonly url: string
  /** Proves to the system who asks. Characters that a header can carry. */
  readonly secret: string
  /** Of each request, its answer's body included. */
  readonly timeoutMs?: number
}

/** A compiled schema. */
export interface Shape<Value> {
  Check (value: unknown): value is Value
  Clean (value: unknown): unknown
  Errors (value: unknown): Array<{ instancePath: string, message: string }>
}

/** A caller waits for it. */
export const TIMEOUT_MS = 1_500
/** These say that a repetition would not be taken either. */
const REFUSALS = new Set([409, 410, 422])

export interface Ask { readonly method: 'GET' | 'POST' | 'PUT', readonly path: string, readonly body?: object, readonly idempotencyKey?: string }

/** A business's system behind HTTP: JSON both ways, a bearer secret, a time limit, no redirects. */
export class HttpSystem {
  readonly #url: string
  readonly #secret: string
  readonly #timeoutMs: number

  constructor ({ url, secret, timeoutMs = TIMEOUT_MS }: HttpSystemOptions) {
    this.#url = url.replace(/\/+$/, '')
    this.#secret = secret
    this.#timeoutMs = timeoutMs
  }

  /** Posts a query, so that numbers and ids are in no URL; 200 is a find, 404 none. `isAnswer`: whether what was found is what was asked for. */
  async find<Found> (path: string, query: object, shape: Shape<Found>, isAnswer: (found: Found) => boolean): Promise<Found | null> {
    return await this.exchange({ method: 'POST', path, body: query }, async response => {
      if (response.status === 404) return null
      const found = readShape(shape, await readReply(response, 64 * 1024))
      if (!isAnswer(found)) throw unavailable('unreadable', 'is about another than was asked for')
      return found
    })
  }

  async get<Value> (path: string, shape: Shape<Value>, maxBytes: number): Promise<Value> {
    return await this.exchange({ method: 'GET', path }, async response => readShape(shape, await readReply(response, maxBytes)))
  }

  /** Tells of an effect, under a key that is the same however often it is told. What a reply says beside its status is not read. */
  async tell (path: string, id: string, effect: object): Promise<void> {
    await this.exchange({ method: 'PUT', path: `${path}/${encodeURIComponent(id)}`, body: effect, idempotencyKey: id }, async ({ ok, status }) => {
      if (REFUSALS.has(status)) throw refused(`http_${status}`)
      if (!ok) throw unavailable(`http_${status}`)
    })
  }

  /** @throws SystemError what `read` throws of this kind; else `timeout` or `network` */
  async exchange<Result> ({ method, path, body, idempotencyKey }: Ask, read: (response: Response) => Promise<Result>): Promise<Result> {
    let response: Response | undefined
    try {
      response = await fetch(this.#url + path, {
        method,
        headers: {
          authorization: `Bearer ${this.#secret}`,
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey })
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'manual', // the secret and people's data are for this origin alone
        signal: AbortSignal.timeout(this.#timeoutMs)
      })
      return await read(response)
    } catch (err) { // its message may repeat a header, its cause the reply
      if ((err as SystemError).reason !== undefined) throw err
      const { name, cause } = err as Error & { cause?: { code?: string } }
      throw unavailable(name === 'TimeoutError' ? 'timeout' : 'network', cause?.code)
    } finally {
      await response?.body?.cancel().catch(() => {})
    }
  }
}

/** The JSON of a reply that is 200, in UTF-8. */
export async function readReply (response: Response, maxBytes: number): Promise<unknown> {
  if (response.status !== 200) throw unavailable(`http_${response.status}`)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw unavailable('unreadable', `is longer than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    throw unavailable('unreadable', 'is not JSON in UTF-8')
  }
}

/** A value of this shape and no field more. */
function readShape<Value> (shape: Shape<Value>, value: unknown): Value {
  if (!shape.Check(value)) throw unavailable('unreadable', shapeFaults(shape, value)[0])
  return shape.Clean(value) as Value
}

/** Which field breaks which rule: `/balanceMinor must be integer`. Names of our own and places in a list, nothing of the value. */
export function shapeFaults (shape: Shape<unknown>, value: unknown): string[] {
  return shape.Errors(value).map(({ instancePath, message }) => `${instancePath} ${message}`.trim())
}
