import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import type { Test } from 'tap'
import { readStkCallback, type StkCallback } from '@karani/mpesa'
import { ManualClock, startDaraja, type SimulatedDaraja } from '@karani/simulator'
import { build, NOON, SECRET, type House, type ToolReply } from './helper.ts'

/** What came to the callback's URL. */
export interface Claim { readonly callback: StkCallback, readonly intentId: string | null }

export interface PayingHouse extends House {
  /** The same service once more, on the same stores. */
  readonly replica: House
  readonly daraja: SimulatedDaraja
  /** What Daraja has told so far, in order; nobody has looked at it. */
  readonly claims: Claim[]
  readonly env: Record<string, string>
  /** Time passes for the phones, then for the services. */
  pass (ms: number): Promise<void>
  /** Until the phones have been asked what they should be asked. */
  sent (): Promise<void>
  /** A caller who is verified proposes and, a turn later, confirms. */
  pay (amount: number, callId: string, house?: House): Promise<ToolReply>
}

export interface PayingOptions {
  /** M-Pesa lives in real time. */
  readonly wallClock?: boolean
  /** The service of this process has no access to M-Pesa: others do the work. */
  readonly alone?: boolean
  /** Further variables of both. */
  readonly more?: Record<string, string>
}

/** Two replicas with access to a simulated M-Pesa whose time stands still, and somebody who takes its callbacks. */
export async function payingHouse (t: Test, { wallClock = false, alone = false, more = {} }: PayingOptions = {}): Promise<PayingHouse> {
  const time = new ManualClock(NOON)
  const daraja = await startDaraja(wallClock ? {} : { clock: time })
  t.teardown(() => daraja.close())
  const claims: Claim[] = []
  const publicUrl = await webhook(t, claims)
  const env = {
    MPESA_BASE_URL: daraja.url,
    MPESA_CONSUMER_KEY: daraja.merchant.consumerKey,
    MPESA_CONSUMER_SECRET: daraja.merchant.consumerSecret,
    MPESA_SHORTCODE: daraja.merchant.shortcode,
    MPESA_PASSKEY: daraja.merchant.passkey,
    MPESA_CALLBACK_SECRET: SECRET,
    PUBLIC_URL: publicUrl,
    ...more
  }
  const house = await build(t, alone ? {} : { env })
  const replica = alone ? house : await build(t, { env, replicaOf: house })
  const sent = async (): Promise<void> => {
    const sending = Promise.all([house, replica].map(async ({ app }) => await app.payments?.sent())).then(() => true)
    while (!await Promise.race([sending, setImmediate(false)])) await time.advance(0) // a callback may come before the answer
  }
  return {
    ...house,
    replica,
    daraja,
    claims,
    env,
    sent,
    async pass (ms) {
      await time.advance(ms)
      house.clock.now = time.now()
    },
    async pay (amount, callId, { tool } = house) {
      const { body: { output } } = await tool('startMpesaIntent', { amount }, { callId, callerTurn: 1 })
      const reply = await tool('startMpesaIntent', { amount, confirm: output!.proposalId }, { callId, callerTurn: 2 })
      await sent()
      return reply
    }
  }
}

async function webhook (t: Test, claims: Claim[]): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const [, intentId = null] = /^\/mpesa\/callback\/[^/]+\/([^/]+)$/.exec(request.url ?? '') ?? []
      claims.push({ callback: readStkCallback(await json(request)), intentId })
      response.end('{}')
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => { server.close(); server.closeAllConnections() })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
