import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import type { LoanAccount, MenuCard, Parcel } from '@karani/business-systems'
import { SECRET } from '../helper.ts'

export interface Told { readonly path: string, readonly key: string, readonly body: Record<string, any> }

/** A business's own systems, which speak HTTP as `docs/business-systems.md` says. */
export interface Business {
  readonly url: string
  /** The variables that make them the truth. */
  readonly lending: Record<string, string>
  readonly courier: Record<string, string>
  readonly till: Record<string, string>
  accounts: LoanAccount[]
  parcels: Parcel[]
  menu: MenuCard | null
  /** Paths of what was asked. */
  readonly asked: string[]
  /** Everything that it was told, repetitions too. */
  readonly told: Told[]
  /** What it has taken, by idempotency key. */
  readonly taken: Map<string, Told>
  /** How the next tellings are answered, then 200. `lost`: it is taken, and the connection cut; `held`: no answer until the test ends. */
  answers: Array<number | 'lost' | 'held'>
  /** Whether questions get no answer, or this status. */
  away: boolean | number
  /** While a question is held: its answer is made before and sent after. */
  meanwhile: (() => Promise<unknown>) | null
  /** Resolves once it was told so often. */
  heard (tellings: number): Promise<void>
}

const keyOf = (id: string): string => id.replace(/[^A-Za-z0-9]/g, '').toUpperCase()

export async function startBusiness (t: Test): Promise<Business> {
  const server = createServer((request, response) => { void (request.method === 'PUT' ? hear(request, response) : answer(request, response)) }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const business: Business = {
    url,
    lending: { LENDING_URL: `${url}/lending`, LENDING_SECRET: SECRET },
    courier: { COURIER_URL: `${url}/courier/`, COURIER_SECRET: SECRET },
    till: { MENU_URL: `${url}/menu`, MENU_SECRET: SECRET },
    accounts: [],
    parcels: [],
    menu: null,
    asked: [],
    told: [],
    taken: new Map(),
    answers: [],
    away: false,
    meanwhile: null,
    async heard (tellings) { while (business.told.length < tellings) await once(server, 'told') }
  }
  return business

  async function answer (request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    business.asked.push(request.url!)
    if (business.away === true) return // the line is there, nobody speaks
    if (business.away !== false || request.headers.authorization !== `Bearer ${SECRET}`) {
      response.writeHead(business.away || 401).end()
      return
    }
    const query = body === '' ? {} : JSON.parse(body)
    const found = find(request.url!, query)
    const reply = JSON.stringify(found)
    await business.meanwhile?.()
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(reply)
  }

  function find (path: string, { accountKey, trackingKey, phone }: Record<string, string>): unknown {
    switch (path) {
      case '/lending/accounts/find': return business.accounts.find(account => accountKey === undefined ? account.phone === phone : keyOf(account.accountId) === accountKey)
      case '/courier/parcels/find': return business.parcels.find(parcel => trackingKey === undefined ? parcel.recipientPhone === phone : keyOf(parcel.trackingId) === trackingKey)
      case '/menu': return business.menu ?? undefined
    }
  }

  async function hear (request: IncomingMessage, response: ServerResponse): Promise<void> {
    const told = { path: request.url!, key: String(request.headers['idempotency-key']), body: JSON.parse(await text(request)) as Record<string, any> }
    const status = business.answers.shift() ?? 200
    business.told.push(told)
    if (status === 'lost' || status === 200) business.taken.set(told.key, told)
    server.emit('told')
    if (status === 'lost') request.socket.destroy()
    else if (status !== 'held') response.writeHead(status).end()
  }
}

/** A borrower whom the demo records do not have. */
export const WANJIKU: LoanAccount = {
  accountId: 'LN-7001',
  borrower: 'Wanjiku Njeri',
  phone: '+254733000701',
  nationalIdLast4: '5512',
  birthYear: 1988,
  balanceMinor: 300_000,
  nextPaymentMinor: 100_000,
  currency: 'KES',
  dueOn: '2026-11-27',
  status: 'in arrears',
  language: 'en-KE'
}
export const WANJIKUS_ANSWERS = { nationalIdLast4: '5512', birthYear: 1988 }
