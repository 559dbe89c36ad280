import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { RECORDS } from '../../examples/records.ts'
import { ReferenceSystem, type Reply, type Request } from '../../examples/reference-system.ts'
import { serve } from '../../examples/serve.ts'
import type { Check } from '../../src/contract/index.ts'
import type { HttpSystemOptions } from '../../src/index.ts'

export const SECRET = 'known-to-both-sides'
export type Answering = (request: Request, system: ReferenceSystem) => Reply | Promise<Reply>

/** A team's server on loopback: the reference, or what a team has made of it. */
export async function startTeam (t: Test, path: string, answering: Answering = (request, system) => system.answer(request)): Promise<HttpSystemOptions> {
  const system = new ReferenceSystem(SECRET, RECORDS)
  const server = serve(request => answering(request, system)).listen(0, '127.0.0.1')
  t.teardown(() => { server.close(); server.closeAllConnections() })
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, secret: SECRET, timeoutMs: 20_000 } // a busy machine must not look like a slow system
}

export const failed = (checks: Check[]): string[] => checks.filter(({ passed }) => !passed).map(({ name }) => name)

/** What answers as the reference does, but for replies of 200 with a body, which are changed. */
export const saying = (change: (body: any) => unknown): Answering => (request, system) => {
  const reply = system.answer(request)
  return reply.status === 200 && reply.body !== undefined ? { ...reply, body: change(structuredClone(reply.body)) } : reply
}

/** What answers as the reference does, with one status for another. */
export const status = (instead: Record<number, number>): Answering => (request, system) => {
  const reply = system.answer(request)
  return { ...reply, status: instead[reply.status] ?? reply.status }
}

/** What answers as the reference does to another request. */
export const hearing = (change: (request: Request) => Partial<Request>): Answering => (request, system) => system.answer({ ...request, ...change(request) })

export const PROOF = `Bearer ${SECRET}`
/** Under another id each time, so that nothing was ever told before. */
export const forgetful = hearing(({ method, path }) => method === 'PUT' ? { path: `${path}-${Math.random()}` } : {})
export const trusting = hearing(() => ({ authorization: PROOF }))
export const FINDS_BY_ID = (thing: string): string => `finds ${thing} by its id as people say it, letters and digits alone`
export const FINDS_BY_PHONE = (thing: string): string => `finds ${thing} by a phone number`
export const SECRET_KEPT = 'refuses with 401 who does not know the secret'
export const FORM = 'gives every field in the documented form'
export const MONEY = 'gives money as integers of minor units'
export const NO_ID = 'answers 404 for an id that is not there'
export const NO_PHONE = 'answers 404 for a phone number that is not there'
export const NOTHING_TOLD = 'takes what it is told'
