import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { DEFAULT_BEHAVIOUR, type GeminiBehaviour } from './behaviour.ts'
import type { CreateBrain } from './brain.ts'
import { CLOSES, type Fault } from './fault.ts'
import { checkCredential, readHandshake, type Handshake } from './messages/handshake.ts'
import { Refusal } from './messages/refusal.ts'
import { ResumptionHandles } from './resumption-handles.ts'
import { GeminiSession } from './session.ts'

export interface GeminiOptions {
  /** Default: loopback. */
  readonly host?: string
  /** Default: a free one. */
  readonly port?: number
  readonly behaviour?: Partial<GeminiBehaviour>
  readonly createBrain: CreateBrain
  /** Keys that are valid; any key is when this is left out. */
  readonly apiKeys?: readonly string[]
  /** Keep the audio that sessions hear, for tests: 32 kB a second each. */
  readonly keepAudio?: boolean
  /** From 0 up to 1; pass a seeded one to repeat a run. */
  readonly random?: () => number
}

/** What differs for one connection. */
export interface SessionPlan {
  readonly behaviour?: Partial<GeminiBehaviour>
  readonly fault?: Fault
  readonly createBrain?: CreateBrain
}

export interface Gemini {
  /** The WebSocket origin, such as `ws://127.0.0.1:40123`. */
  readonly url: string
  /** Oldest first. Beyond 1,000 the oldest are forgotten. */
  readonly sessions: readonly GeminiSession[]
  /** The `nth` session (from 1) since the start, now or when its WebSocket opens. */
  session (nth: number): Promise<GeminiSession>
  /** Plans the next connection that has no plan yet. */
  next (plan: SessionPlan): void
  /** Drops every connection and frees the port. */
  close (): Promise<void>
}

const MAX_SESSIONS = 1_000

/** Starts a simulated Gemini Live service. */
export async function startGemini (options: GeminiOptions): Promise<Gemini> {
  const service = new Service(options)
  await service.listen(options)
  return service
}

class Service implements Gemini {
  readonly sessions: GeminiSession[] = []
  readonly #options: GeminiOptions
  readonly #http = createServer((_, response) => response.writeHead(404).end())
  readonly #upgrades: WebSocketServer
  readonly #plans: SessionPlan[] = []
  readonly #handles = new ResumptionHandles()
  readonly #sessionsOfKey = new Map<string, number>()
  readonly #connections = new Set<Socket>()
  readonly #awaited = new Map<number, Array<(session: GeminiSession) => void>>()
  #opened = 0
  #url = ''

  constructor (options: GeminiOptions) {
    this.#options = options
    this.#upgrades = new WebSocketServer({ noServer: true, autoPong: false, perMessageDeflate: true, maxPayload: this.#behaviour({}).maxMessageBytes })
    this.#http.on('connection', (socket) => this.#connected(socket))
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
  }

  get url (): string { return this.#url }

  listen ({ host = '127.0.0.1', port = 0 }: GeminiOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject)
      this.#http.listen(port, host, () => {
        this.#url = `ws://${host}:${(this.#http.address() as AddressInfo).port}`
        resolve()
      })
    })
  }

  session (nth: number): Promise<GeminiSession> {
    const session = this.sessions[nth - 1 - (this.#opened - this.sessions.length)]
    if (session !== undefined) return Promise.resolve(session)
    return new Promise((resolve) => this.#awaited.set(nth, [...this.#awaited.get(nth) ?? [], resolve]))
  }

  next (plan: SessionPlan): void {
    this.#plans.push(plan)
  }

  close (): Promise<void> {
    return new Promise((resolve) => {
      this.#http.close(() => resolve())
      for (const socket of this.#connections) socket.destroy()
    })
  }

  #behaviour (plan: SessionPlan): GeminiBehaviour {
    return { ...DEFAULT_BEHAVIOUR, ...this.#options.behaviour, ...plan.behaviour }
  }

  #connected (socket: Socket): void {
    if (this.#plans[0]?.fault?.at === 'connect') {
      this.#plans.shift()
      socket.resetAndDestroy()
      return
    }
    this.#connections.add(socket)
    socket.once('close', () => this.#connections.delete(socket))
  }

  #upgrade (request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const plan = this.#plans.shift() ?? {}
    const handshake = readHandshake(request.url ?? '')
    socket.on('error', () => socket.destroy())
    if (plan.fault?.at === 'upgrade' && plan.fault.status === 'never') return
    if (plan.fault?.at === 'upgrade') return answer(socket, Number(plan.fault.status))
    if (handshake === null) return answer(socket, 404)
    this.#upgrades.handleUpgrade(request, socket, head, (client) => this.#open(client, handshake, plan))
  }

  #open (client: WebSocket, handshake: Handshake, plan: SessionPlan): void {
    const behaviour = this.#behaviour(plan)
    const session = new GeminiSession(client, {
      id: randomUUID(),
      behaviour,
      fault: plan.fault,
      createBrain: plan.createBrain ?? this.#options.createBrain,
      handles: this.#handles,
      keepAudio: this.#options.keepAudio ?? false,
      random: this.#options.random ?? Math.random,
      now: () => performance.now(),
      newId: (prefix) => `${prefix}${randomUUID()}`
    })
    client.on('ping', (data) => setTimeout(() => client.pong(data), behaviour.pongMs).unref())
    const refusal = checkCredential(handshake, this.#options.apiKeys) ?? this.#count(client, handshake, behaviour)
    if (refusal !== null) session.refuse(refusal)
    this.#remember(session)
  }

  /** One more session of this key, or the refusal of it. */
  #count (client: WebSocket, { key, accessToken }: Handshake, { sessionsPerKey }: GeminiBehaviour): Refusal | null {
    const owner = key ?? accessToken ?? ''
    const open = this.#sessionsOfKey.get(owner) ?? 0
    if (open >= sessionsPerKey) return new Refusal(CLOSES.quota.code, CLOSES.quota.reason)
    this.#sessionsOfKey.set(owner, open + 1)
    client.once('close', () => this.#sessionsOfKey.set(owner, this.#sessionsOfKey.get(owner)! - 1))
    return null
  }

  #remember (session: GeminiSession): void {
    this.sessions.push(session)
    if (this.sessions.length > MAX_SESSIONS) this.sessions.shift()
    this.#opened++
    for (const resolve of this.#awaited.get(this.#opened) ?? []) resolve(session)
    this.#awaited.delete(this.#opened)
  }
}

function answer (socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
