import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { Daraja, type DarajaOptions } from '../src/index.ts'

export interface Asked { readonly method: string, readonly path: string, readonly headers: IncomingHttpHeaders, readonly body: any }

/** What Daraja does with one request: an answer, `hang up` without one, or stay `silent`. */
export type Reaction = { status?: number, body: unknown } | 'hang up' | 'silent'

export const TOKEN: Reaction = { body: { access_token: 'token-1', expires_in: '3599' } }
export const fault = (status: number, errorCode: string, errorMessage = 'for 254712345678'): Reaction => ({ status, body: { requestId: '1c5b-4ba8-815c-ac45c57a3db01495926', errorCode, errorMessage } })
export const ACCEPTED: Reaction = { body: { MerchantRequestID: '2654-4b64-97ff-b827b542881d3130', CheckoutRequestID: 'ws_CO_1007202409152617172396192', ResponseCode: '0', ResponseDescription: 'Success', CustomerMessage: 'Success' } }

/** A Daraja on loopback that reacts to one request after the other as it is told, and a client of it. */
export async function startServer (t: Test, ...reactions: Reaction[]): Promise<{ daraja: Daraja, url: string, asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', chunk => { text += chunk }).on('end', () => {
      asked.push({ method: request.method!, path: request.url!, headers: request.headers, body: text === '' ? undefined : JSON.parse(text) })
      react(reactions.shift() ?? { status: 599, body: '' }, response)
    })
  })
  t.teardown(() => { server.close(); server.closeAllConnections() })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const timeoutMs = reactions.includes('silent') ? 1_500 : 20_000 // a busy machine must not look like a silent Daraja
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { daraja: clientOf(url, { timeoutMs }), url, asked }
}

export const clientOf = (baseUrl: string, options: Partial<DarajaOptions> = {}): Daraja => new Daraja({ baseUrl, consumerKey: 'key', consumerSecret: 'secret', shortcode: '174379', passkey: 'passkey', ...options })

function react (reaction: Reaction, response: ServerResponse): void {
  if (reaction === 'silent') return
  if (reaction === 'hang up') response.destroy()
  else response.writeHead(reaction.status ?? 200, { 'content-type': 'application/json' }).end(typeof reaction.body === 'string' ? reaction.body : JSON.stringify(reaction.body))
}
