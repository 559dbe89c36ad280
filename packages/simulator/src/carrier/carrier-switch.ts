import { setMaxListeners } from 'node:events'
import { randomUUID } from 'node:crypto'
import type { CarrierBehaviour } from './carrier-behaviour.ts'
import { ConferenceRooms } from './conference.ts'
import type { Exchange, NumberRouting } from './exchange.ts'
import type { Phone, Pickup, Subscriber } from './phone.ts'
import { runCall } from './run-call.ts'
import { SimulatedCall } from './simulated-call.ts'
import { TickClock } from './tick-clock.ts'

/** Ended calls are kept, with their recordings, for the REST API and tests: this many, unless it is said otherwise. */
const MAX_ENDED_CALLS = 200

export interface SwitchOptions {
  readonly numbers: readonly NumberRouting[]
  readonly behaviour: CarrierBehaviour
  readonly walletMinor: number
  speak (text: string, language: string | undefined): Promise<Int16Array>
  load (url: string): Promise<Int16Array>
  readonly random: () => number
  recordingUrl (recordingId: string): string
  readonly maxEndedCalls?: number | undefined
}

/** A call into one of the workspace's numbers. */
export interface InboundCall {
  /** As the carrier writes it; `anonymous` and the like are passed on, null leaves the field out. */
  readonly from: string | null
  readonly to: string
  readonly phone: Phone
  readonly behaviour?: Partial<CarrierBehaviour>
  readonly keepAudio?: boolean
}

/** A call that the workspace places. */
export interface OutboundCall {
  readonly from: string
  readonly to: string
  readonly voiceUrl?: string | undefined
  readonly clientRequestId?: string | undefined
}

/** Somebody was dialled for the workspace: the carrier's own account of it. */
export interface Dialled {
  readonly at: Date
  readonly from: string
  readonly to: string
  readonly clientRequestId: string | undefined
  readonly callId: string
}

/** The carrier behind its HTTP face: numbers, wallet, subscribers, and the calls that are up. */
export class CarrierSwitch implements Exchange {
  readonly workspaceId: string = randomUUID()
  readonly rooms = new ConferenceRooms()
  readonly numbers: Map<string, NumberRouting>
  readonly behaviour: CarrierBehaviour
  readonly random: () => number
  readonly #options: SwitchOptions
  readonly #clock = new TickClock()
  readonly #calls: SimulatedCall[] = []
  readonly #dialled: Dialled[] = []
  readonly #unpaid = new Set<SimulatedCall>()
  readonly #subscribers = new Map<string, Subscriber>()
  readonly #closing = withoutListenerLimit(new AbortController()) // every callback that waits listens
  #walletMinor: number

  constructor (options: SwitchOptions) {
    this.#options = options
    this.behaviour = options.behaviour
    this.random = options.random
    this.numbers = new Map(options.numbers.map(routing => [routing.number, routing]))
    this.#walletMinor = options.walletMinor
  }

  /** Oldest first; of the ended ones only the latest. */
  get calls (): readonly SimulatedCall[] { return this.#calls }
  /** Every call that was placed, oldest first; kept when the calls are forgotten. */
  get dialled (): readonly Dialled[] { return this.#dialled }
  /** What live calls have cost until now is gone from it already. */
  get walletMinor (): number { return Math.max(0, [...this.#unpaid].reduce((left, { costMinor }) => left - costMinor, this.#walletMinor)) }
  get closing (): AbortSignal { return this.#closing.signal }

  ring ({ from, to, phone, behaviour, keepAudio = true }: InboundCall): SimulatedCall {
    if (!this.numbers.has(to)) throw new RangeError(`the workspace has no number ${to}`)
    return this.#begin(new SimulatedCall({ direction: 'inbound', from, to, phone, behaviour: { ...this.behaviour, ...behaviour }, clock: this.#clock, keepAudio }))
  }

  dial (call: OutboundCall): SimulatedCall {
    const placed = new SimulatedCall({ direction: 'outbound', ...call, behaviour: this.behaviour, clock: this.#clock, keepAudio: true })
    this.#dialled.push({ at: placed.startedAt, from: call.from, to: call.to, clientRequestId: call.clientRequestId, callId: placed.callId })
    return this.#begin(placed)
  }

  /** By UUID or session id. */
  find (id: string): SimulatedCall | undefined {
    return this.#calls.find(call => call.callId === id || call.sessionId === id)
  }

  subscribe (number: string, subscriber: Subscriber): void {
    this.#subscribers.set(number, subscriber)
  }

  charge (call: SimulatedCall): void {
    if (this.#unpaid.delete(call)) this.topUp(-call.costMinor)
  }

  topUp (amountMinor: number): void {
    this.#walletMinor = Math.max(0, this.#walletMinor + amountMinor)
  }

  routing (number: string): NumberRouting | undefined { return this.numbers.get(number) }
  /** A number that nobody subscribed rings out. */
  async pickup (from: string, to: string): Promise<Pickup> {
    try {
      return await this.#subscribers.get(to)?.({ from, to }) ?? { does: 'ring out' }
    } catch {
      return { does: 'ring out' }
    }
  }

  async speak (text: string, language: string | undefined): Promise<Int16Array> { return await this.#options.speak(text, language) }
  async load (url: string): Promise<Int16Array> { return await this.#options.load(url) }
  recordingUrl (recordingId: string): string { return this.#options.recordingUrl(recordingId) }

  /** Ends every call and gives up what is still to be delivered. */
  async close (): Promise<void> {
    for (const call of this.#calls) call.finish('carrier', 'manager_request')
    this.#closing.abort()
    await Promise.all(this.#calls.map(async call => await call.settled))
  }

  #begin (call: SimulatedCall): SimulatedCall {
    this.#calls.push(call)
    this.#unpaid.add(call)
    const ended = this.#calls.filter(({ isOver }) => isOver)
    if (ended.length > (this.#options.maxEndedCalls ?? MAX_ENDED_CALLS)) this.#calls.splice(this.#calls.indexOf(ended[0]!), 1)
    void runCall(call, this)
    return call
  }
}

function withoutListenerLimit (controller: AbortController): AbortController {
  setMaxListeners(0, controller.signal)
  return controller
}
