import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { SautikitClient, type SautikitApiOptions } from '../src/index.ts'

export interface Asked { readonly method: string, readonly path: string, readonly headers: Record<string, unknown>, readonly body: unknown }

/** What the carrier does with one request: an answer, `hang` up without one, or stay `silent`. */
export type Reaction = { status: number, body?: unknown, headers?: Record<string, string> } | 'hang up' | 'silent'

export const fault = (status: number, code: string): Reaction =>
  ({ status, body: { error: { code, message: 'for +254722000001 of Wanjiku', request_id: 'req_01900000abc' } } })

/** A carrier on loopback that reacts to one request after the other as it is told, and a client of it. */
export async function startCarrier (t: Test, ...reactions: Reaction[]): Promise<{ client: SautikitClient, asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', chunk => { text += chunk }).on('end', () => {
      asked.push({ method: request.method!, path: request.url!, headers: request.headers, body: text === '' ? undefined : JSON.parse(text) })
      react(reactions.shift() ?? { status: 599 }, response)
    })
  })
  t.teardown(() => { server.close(); server.closeAllConnections() })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return { client: clientOf({ url: `http://127.0.0.1:${port}/` }), asked }
}

/** Short time limits: a test waits for the silent carrier only. */
export const clientOf = (options: Pick<SautikitApiOptions, 'url'> & Partial<SautikitApiOptions>): SautikitClient => new SautikitClient({ apiKey: 'eyJ-key', timeoutMs: 600, backoffMs: 1, ...options })

function react (reaction: Reaction, response: ServerResponse): void {
  if (reaction === 'silent') return
  if (reaction === 'hang up') response.destroy()
  else response.writeHead(reaction.status, { 'content-type': 'application/json', ...reaction.headers }).end(typeof reaction.body === 'string' ? reaction.body : JSON.stringify(reaction.body))
}
