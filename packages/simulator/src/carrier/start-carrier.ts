import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { field, type CarrierBehaviour } from './carrier-behaviour.ts'
import { CarrierSwitch, type Dialled, type InboundCall } from './carrier-switch.ts'
import type { Subscriber } from './phone.ts'
import { carrierApi, type RestRequest } from './rest/carrier-api.ts'
import { storageRoutes } from './rest/storage-routes.ts'
import type { SimulatedCall } from './simulated-call.ts'
import { loadWav, silentSpeech } from './sounds.ts'

export interface CarrierOptions {
  /** The workspace's numbers, E.164 with plus. */
  readonly numbers: ReadonlyArray<{ readonly number: string, readonly voiceUrl?: string, readonly eventsUrl?: string, readonly signingSecret?: string }>
  /** Differences from the preset `field`. */
  readonly behaviour?: Partial<CarrierBehaviour>
  /** What REST clients must send; `simulated` unless set. */
  readonly apiKey?: string
  /** KES 100,000.00 unless set. */
  readonly walletMinor?: number
  /** The voice of Say, 16 kHz; silence of about the right length unless set. */
  speak? (text: string, language: string | undefined): Promise<Int16Array>
  /** From 0 up to 1, for jitter and ragged framing. */
  readonly random?: () => number
  readonly host?: string
  /** How many calls that are over the API still knows: 200 unless set. */
  readonly maxEndedCalls?: number
  /** Any free one unless set. */
  readonly port?: number
  /** Adds routes of another kind to the same server, before it listens. */
  extend? (app: FastifyInstance, carrier: Carrier): Promise<void>
}

/** A running carrier. */
export interface Carrier {
  /** Origin of the REST API. */
  readonly url: string
  readonly apiKey: string
  /** Oldest first; of the ended ones only the latest 200. */
  readonly calls: readonly SimulatedCall[]
  readonly walletMinor: number
  /** Somebody pays in. */
  topUp (amountMinor: number): void
  /** Every call that was placed, oldest first. */
  readonly dialled: readonly Dialled[]
  /** Every request to the REST API, in the order of the answers: the latest 10,000. */
  readonly requests: readonly RestRequest[]
  /** Someone calls one of the numbers. Resolves at once: the call goes on by itself. */
  ring (call: InboundCall): Promise<SimulatedCall>
  /** Says what happens when a number is rung, by Dial or by an outbound call. Without it the number rings out. */
  subscribe (number: string, subscriber: Subscriber): void
  /** By UUID or session id. */
  find (id: string): SimulatedCall | undefined
  /** Ends all calls and gives up undelivered events. */
  close (): Promise<void>
}

/** Starts a carrier that speaks Sautikit's bytes on a loopback port. */
export async function startCarrier (options: CarrierOptions): Promise<Carrier> {
  const { apiKey = 'simulated', host = '127.0.0.1', port = 0, speak = silentSpeech, random = Math.random, walletMinor = 10_000_000 } = options
  const app = Fastify({ forceCloseConnections: true })
  let url = ''
  const carrierSwitch = new CarrierSwitch({
    numbers: options.numbers.map(({ number, voiceUrl = null, eventsUrl = null, signingSecret = null }) => ({ id: randomUUID(), number, voiceUrl, eventsUrl, signingSecret })),
    behaviour: { ...field, ...options.behaviour },
    walletMinor,
    speak,
    load: loadWav,
    random,
    maxEndedCalls: options.maxEndedCalls,
    recordingUrl: id => `${url}/storage/${id}.wav`
  })
  const requests: RestRequest[] = []
  const carrier: Carrier = {
    get url () { return url },
    apiKey,
    get calls () { return carrierSwitch.calls },
    get walletMinor () { return carrierSwitch.walletMinor },
    topUp: amountMinor => carrierSwitch.topUp(amountMinor),
    get dialled () { return carrierSwitch.dialled },
    requests,
    ring: async call => carrierSwitch.ring(call),
    subscribe: (number, subscriber) => carrierSwitch.subscribe(number, subscriber),
    find: id => carrierSwitch.find(id),
    close: async () => {
      await carrierSwitch.close()
      await app.close()
    }
  }
  await app.register(carrierApi, { prefix: '/v1', carrier: carrierSwitch, apiKey, requests })
  await app.register(storageRoutes, { carrier: carrierSwitch })
  await options.extend?.(app, carrier)
  await app.listen({ host, port })
  const { port: bound } = app.server.address() as AddressInfo
  url = `http://${host}:${bound}`
  return carrier
}
