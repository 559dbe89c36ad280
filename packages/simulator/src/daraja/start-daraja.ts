import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { PROMPT_PERSON, type DarajaBehaviour } from './behaviour.ts'
import { wallClock, type Clock } from './clock.ts'
import { darajaApi, type DarajaRequest } from './daraja-api.ts'
import type { Merchant } from './merchant-request.ts'
import { Phones, type CallbackDelivery } from './phones.ts'
import type { SimulatedPush } from './simulated-push.ts'
import { Tokens } from './tokens.ts'

export interface DarajaOptions {
  /** What a client must know; those of `SIMULATED_MERCHANT` unless set. */
  readonly merchant?: Merchant
  /** Differences from a person who enters the right PIN after 2 s. */
  readonly behaviour?: Partial<DarajaBehaviour>
  readonly clock?: Clock
  /** Callbacks to other machines without encryption, inside a private network. */
  readonly allowPlaintext?: boolean
  readonly host?: string
  /** Any free one unless set. */
  readonly port?: number
}

/** A merchant of the simulated M-Pesa; the shortcode is that of the real sandbox. */
export const SIMULATED_MERCHANT: Merchant = { shortcode: '174379', passkey: 'simulated-passkey', consumerKey: 'simulated', consumerSecret: 'simulated' }

/** A running M-Pesa. */
export interface SimulatedDaraja {
  /** For MPESA_BASE_URL. */
  readonly url: string
  readonly merchant: Merchant
  /** Every prompt that a phone has shown, oldest first: what people were really asked. */
  readonly pushes: readonly SimulatedPush[]
  /** Every request, those that were refused too, in the order of their arrival. */
  readonly requests: readonly DarajaRequest[]
  readonly deliveries: readonly CallbackDelivery[]
  /** From now on, until it is said anew. Without a difference: the prompt person. */
  behave (behaviour?: Partial<DarajaBehaviour>): void
  /** What concerns a push, its person and its callbacks, for the next push alone; said several times, for as many pushes. */
  next (behaviour: Partial<DarajaBehaviour>): void
  /** Every token that is out is no longer good. */
  revokeTokens (): void
  /** Gives up what is still due. */
  close (): Promise<void>
}

/** Starts an M-Pesa that speaks Daraja's bytes on a loopback port. */
export async function startDaraja (options: DarajaOptions = {}): Promise<SimulatedDaraja> {
  const { merchant = SIMULATED_MERCHANT, clock = wallClock, allowPlaintext = false, host = '127.0.0.1', port = 0 } = options
  let behaviour: DarajaBehaviour = { ...PROMPT_PERSON, ...options.behaviour }
  const planned: Array<Partial<DarajaBehaviour>> = []
  const requests: DarajaRequest[] = []
  const phones = new Phones(clock)
  const tokens = new Tokens(clock)

  const app = Fastify({ forceCloseConnections: true, bodyLimit: 16 * 1024 })
  await app.register(darajaApi, { merchant, clock, allowPlaintext, phones, tokens, requests, current: () => behaviour, forNextPush: () => ({ ...behaviour, ...planned.shift() }) })
  await app.listen({ host, port })
  const { port: bound } = app.server.address() as AddressInfo
  return {
    url: `http://${host}:${bound}`,
    merchant,
    pushes: phones.pushes,
    requests,
    deliveries: phones.deliveries,
    behave: (differences = {}) => { behaviour = { ...PROMPT_PERSON, ...differences } },
    next: differences => { planned.push(differences) },
    revokeTokens: () => tokens.revoke(),
    close: async () => {
      phones.close()
      await app.close()
    }
  }
}
