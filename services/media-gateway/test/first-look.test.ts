import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import type { CallContext } from '@karani/call-context'
import { verifyCallToken } from '@karani/call-token'
import { firstLook } from '../src/call/first-look.ts'
import { ToolsClient } from '../src/call/tools-client.ts'

const SECRET = 'a-secret-of-more-than-32-characters-for-tests'
const CALL: CallContext = {
  callId: 'HD_1',
  direction: 'inbound',
  agent: 'courier',
  line: '+254711000002',
  businessName: 'Swala Couriers',
  caller: '+254712345678',
  language: 'en-KE',
  openedAt: '2026-11-21T09:00:00.000Z'
}

/** A look at a tools-service that answers like this; undefined: nobody listens. */
async function look (t: Test, answer: RequestListener | undefined, call: Partial<CallContext> = {}, patienceMs = 30_000) {
  const server = createServer(answer)
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  t.teardown(() => server.closeAllConnections())
  if (answer === undefined) server.close()
  else t.teardown(() => server.close())
  const client = new ToolsClient(`http://127.0.0.1:${port}`, SECRET)
  const seen: string[] = []
  const facts = await firstLook({ ...CALL, ...call }, { run: async (...args) => await client.run(...args), seen: (tool, outcome) => seen.push(`${tool} ${outcome}`) }, patienceMs)
  return { facts, seen }
}
const answering = (body: unknown, status = 200): RequestListener => (request, response) => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)) }
const PROGRESS = { found: true, status: 'out for delivery', etaMinutes: 40 }

t.test('the parcel to the number that rings is asked for under a token of the call', async (t) => {
  let asked: { url?: string | undefined, token: string } | undefined
  const { facts, seen } = await look(t, (request, response) => {
    asked = { url: request.url, token: String(request.headers.authorization).replace('Bearer ', '') }
    answering({ id: 'first-look', output: PROGRESS })(request, response)
  })
  t.strictSame(facts, PROGRESS)
  t.strictSame(seen, ['trackShipment ok'])
  t.equal(asked?.url, '/v1/calls/HD_1/tools/trackShipment')
  t.match(await verifyCallToken(asked!.token, SECRET), { callId: 'HD_1', agent: 'courier', caller: '+254712345678', callerTurn: 0 })
})

t.test('of a call that we placed, it is asked whom to ask for', async (t) => {
  let token = ''
  const outreach = { purpose: 'reminder', subject: 'LN-1001' } as const
  const { facts, seen } = await look(t, (request, response) => {
    token = String(request.headers.authorization).replace('Bearer ', '')
    answering({ output: { askFor: 'Amina' } })(request, response)
  }, { direction: 'outbound', agent: 'lender', outreach })
  t.strictSame(facts, { askFor: 'Amina' })
  t.strictSame(seen, ['whomWeCall ok'])
  t.match(await verifyCallToken(token, SECRET), { agent: 'lender', outreach })
})

const nothing: ReadonlyArray<readonly [title: string, call: Partial<CallContext>]> = [
  ['a withheld number', { caller: null }], ['a call that the business placed without a reason', { direction: 'outbound' }], ['an agent without a first look', { agent: 'lender' }]
]
for (const [title, call] of nothing) {
  t.test(`nobody is asked for ${title}`, async (t) => {
    t.match(await look(t, answering({ output: PROGRESS }), call), { facts: undefined, seen: [] })
  })
}

const poor: ReadonlyArray<readonly [title: string, answer: RequestListener | undefined, outcome: string]> = [
  ['is not there', undefined, 'unavailable'],
  ['is in trouble', answering({ error: { code: 'TEMPORARILY_UNAVAILABLE', message: 'Later.' } }, 503), 'unavailable'],
  ['answers nonsense', answering('what?'), 'unavailable'],
  ['answers in another shape', answering({ output: { parcels: [PROGRESS] } }), 'ok'],
  ['never answers', () => {}, 'timeout']
]
for (const [title, answer, outcome] of poor) {
  t.test(`a tools-service that ${title} leaves the call without facts`, async (t) => {
    const { facts, seen } = await look(t, answer, {}, outcome === 'timeout' ? 50 : undefined)
    t.equal(facts, undefined)
    t.strictSame(seen, [`trackShipment ${outcome}`])
  })
}
