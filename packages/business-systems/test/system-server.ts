import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Test } from 'tap'
import type { HttpSystemOptions, LoanAccount, MenuCard, Parcel } from '../src/index.ts'

export interface Asked { readonly method: string, readonly path: string, readonly headers: IncomingHttpHeaders, readonly body: any }

/** What a system does with one request: an answer (`bytes`: as they are), `hang up` without one, or stay `silent`. */
export type Reaction = { status?: number, headers?: Record<string, string>, body?: unknown, bytes?: Buffer | string } | 'hang up' | 'silent' | ((response: ServerResponse, socket: Socket) => void)

export const ACCOUNT: LoanAccount = { accountId: 'TC-1042', borrower: 'Wanjiku Kamau', phone: '+254711222333', nationalIdLast4: '4821', birthYear: 1990, balanceMinor: 850_000, nextPaymentMinor: 200_000, currency: 'KES', dueOn: '2026-11-27', status: 'current', language: 'en-KE' }
export const PARCEL: Parcel = { trackingId: 'TRK-427', recipient: 'Brian Otieno', recipientPhone: '+254722333444', address: 'the blue gate after Kenyatta market', status: 'in_transit', etaMinutes: 40, deliverOn: '2026-11-23' }
export const MENU: MenuCard = { currency: 'KES', items: [{ sku: 'pilau', name: 'pilau', aliases: ['pilaf'], modifiers: ['no onions'], priceMinor: 35_000, available: true }], modifiers: [{ name: 'no onions', aliases: ['bila vitunguu'], priceMinor: 0 }] }
export const SECRET = 'a-secret-of-the-bank'

/** A business's system on loopback that reacts to one request after the other as it is told, and how to reach it. */
export async function startSystem (t: Test, ...reactions: Reaction[]): Promise<{ options: HttpSystemOptions, asked: Asked[] }> {
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
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const timeoutMs = reactions.includes('silent') ? 300 : 20_000 // a busy machine must not look like a silent system
  return { options: { url, secret: SECRET, timeoutMs }, asked }
}

function react (reaction: Reaction, response: ServerResponse): unknown {
  if (reaction === 'silent') return
  if (reaction === 'hang up') return response.destroy()
  if (typeof reaction === 'function') return reaction(response, response.socket!)
  const { status = 200, headers, body, bytes = body === undefined ? '' : JSON.stringify(body) } = reaction
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(bytes)
}
