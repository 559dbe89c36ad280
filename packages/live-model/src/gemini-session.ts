import { WebSocket } from 'ws'
import { audioMessage } from './audio-message.ts'
import { closeKind } from './close-kind.ts'
import { deliveries } from './deliveries.ts'
import { geminiRules, type GeminiRules } from './gemini-rules.ts'
import { setupMessage } from './gemini-setup.ts'
import type { LiveSession, LiveSessionHandlers, LiveSetup, ModelClosed, ToolAnswer } from './live-session.ts'
import { PendingAudio } from './pending-audio.ts'
import { readServerMessage } from './server-message.ts'
import { ToolGate } from './tool-gate.ts'
import { UnreadableLimit } from './unreadable-limit.ts'

const PATH = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent'
/** A minute of speech in one message; Gemini documents no limit. A larger one ends the session, as transient. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024
/** About two seconds of caller audio as it stands on the wire. Beyond it frames are dropped until half has left. */
const MAX_UNSENT_BYTES = 96 * 1024
/** Answers to tools that a model which does not read may leave waiting. Beyond it the session ends, as transient. */
const MAX_UNSENT_ANSWER_BYTES = 4 * 1024 * 1024
/** How long the peer may take to answer our close before the connection is cut. */
const CLOSE_MS = 1_000
/** Why we gave the session up, in the range that is left to applications. */
const UNREADABLE = 4008
const NOT_READING = 4009
const HANDLER_FAILED = 4011
const SETUP_FAILED = 4012

export interface GeminiOptions {
  /** Origin, such as `wss://generativelanguage.googleapis.com`. */
  readonly url: string
  readonly apiKey: string
  /** Without `models/`, such as `gemini-3.8-live`. */
  readonly model: string
  /** Sent once the connection stands and this is there: a promise counts into `connectTimeoutMs`, and one that rejects ends the session. */
  readonly setup: LiveSetup | Promise<LiveSetup>
  /** From now to a session that is set up: TCP, TLS, upgrade and setup together. */
  readonly connectTimeoutMs: number
}

/**
 * Opens one conversation with Gemini Live. What goes wrong later, a refused connection included, is told by `onClosed`.
 * @throws TypeError if `url` is not one
 */
export function openGeminiSession (options: GeminiOptions, handlers: LiveSessionHandlers): LiveSession {
  return new GeminiSession(options, handlers)
}

class GeminiSession implements LiveSession {
  readonly #socket: WebSocket
  readonly #handlers: LiveSessionHandlers
  readonly #rules: GeminiRules
  readonly #connectDeadline: NodeJS.Timeout
  readonly #pending = new PendingAudio()
  readonly #gate: ToolGate | null
  readonly #unreadable = new UnreadableLimit()
  #phase: 'connecting' | 'setting-up' | 'ready' | 'ended' = 'connecting'
  #congested = false
  #socketError = ''

  constructor ({ url, apiKey, model, setup, connectTimeoutMs }: GeminiOptions, handlers: LiveSessionHandlers) {
    this.#handlers = handlers
    this.#rules = geminiRules(model)
    this.#gate = this.#rules.blocks ? new ToolGate() : null
    const address = new URL(PATH, url)
    address.searchParams.set('key', apiKey)
    this.#socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES })
    this.#connectDeadline = setTimeout(() => this.#giveUp(0, 'MODEL_CONNECT_TIMEOUT'), connectTimeoutMs)
    if (setup instanceof Promise) setup.then(setup => this.#begin(setupMessage(model, setup))).catch(() => this.#giveUp(SETUP_FAILED, 'MODEL_SETUP_FAILED'))
    else this.#begin(setupMessage(model, setup))
    this.#socket.on('message', (frame: Buffer) => this.#receive(frame))
    this.#socket.on('error', err => { this.#socketError = err.message })
    this.#socket.on('close', (code, reason) => this.#closedByPeer(code, reason.toString()))
  }

  sendAudio (pcm: Uint8Array): void {
    if (this.#phase === 'ready') this.#sendFrame(pcm)
    else if (this.#phase !== 'ended') this.#pending.push(pcm)
  }

  sendText (text: string): void { this.#send({ realtimeInput: { text } }) }

  answerTools (answers: readonly ToolAnswer[]): void {
    if (answers.length === 0) return
    const { scheduling } = this.#rules
    this.#gate?.settled(answers.map(({ id }) => id))
    this.#send({ toolResponse: { functionResponses: answers.map(({ id, name, response }) => ({ id, name, response, ...(scheduling && { scheduling }) })) } })
  }

  close (): void {
    if (this.#phase === 'ended') return
    this.#end()
    this.#disconnect()
  }

  /** Sends the first message now, or once the connection stands. */
  #begin (setup: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#setUp(setup)
    else this.#socket.on('open', () => this.#setUp(setup))
  }

  #setUp (setup: object): void {
    if (this.#phase !== 'connecting') return
    this.#phase = 'setting-up'
    this.#socket.send(JSON.stringify(setup))
  }

  #becomeReady (): void {
    clearTimeout(this.#connectDeadline)
    this.#phase = 'ready'
    for (const pcm of this.#pending.take()) this.#sendFrame(pcm)
    this.#tell(to => to.onReady())
  }

  #receive (frame: Buffer): void {
    if (this.#phase === 'ended') return
    const message = readServerMessage(frame)
    if (message === null) return this.#dropUnreadable()
    if (message.setupComplete !== undefined && this.#phase === 'setting-up') this.#becomeReady()
    if (this.#phase !== 'ready') return this.#tell(to => to.onMalformed('MODEL_MESSAGE_EARLY'))
    this.#gate?.see(message, performance.now())
    for (const deliver of deliveries(message)) this.#tell(deliver)
  }

  #dropUnreadable (): void {
    this.#tell(to => to.onMalformed('MODEL_MESSAGE_UNREADABLE'))
    if (this.#unreadable.reachedAt(performance.now())) this.#giveUp(UNREADABLE, 'MODEL_MESSAGES_UNREADABLE')
  }

  /** `ws` copies a buffer while it masks it, before `send` returns, and writes it in one piece; a text would become two. */
  #sendFrame (pcm: Uint8Array): void {
    if (this.#gate?.holds(performance.now()) || this.#isCongested()) return
    this.#socket.send(audioMessage(pcm), { binary: false })
  }

  /** Reported once an episode. */
  #isCongested (): boolean {
    const was = this.#congested
    this.#congested = this.#socket.bufferedAmount > (was ? MAX_UNSENT_BYTES / 2 : MAX_UNSENT_BYTES)
    if (this.#congested && !was) this.#tell(to => to.onMalformed('MODEL_BACKPRESSURE'))
    return this.#congested
  }

  #send (message: object): void {
    if (this.#phase !== 'ready') return
    if (this.#socket.bufferedAmount > MAX_UNSENT_ANSWER_BYTES) this.#giveUp(NOT_READING, 'MODEL_NOT_READING')
    else this.#socket.send(JSON.stringify(message))
  }

  /** Nothing that a handler throws may leave through the socket's listener. */
  #tell (deliver: (to: LiveSessionHandlers) => void): void {
    if (this.#phase === 'ended') return
    try {
      deliver(this.#handlers)
    } catch (cause) {
      this.#giveUp(HANDLER_FAILED, 'MODEL_HANDLER_FAILED', { cause })
    }
  }

  #closedByPeer (code: number, peerReason: string): void {
    if (this.#phase === 'ended') return
    const closed = { code: this.#phase === 'connecting' ? 0 : code, reason: peerReason || this.#socketError.slice(0, 123), duringSetup: this.#phase !== 'ready' }
    this.#finish({ ...closed, kind: closeKind(closed) })
  }

  #giveUp (code: number, reason: string, detail: Pick<ModelClosed, 'cause'> = {}): void {
    if (this.#phase === 'ended') return
    const duringSetup = this.#phase !== 'ready'
    this.#disconnect()
    this.#finish({ code, reason, duringSetup, kind: 'transient', ...detail })
  }

  #finish (closed: ModelClosed): void {
    this.#end()
    try {
      this.#handlers.onClosed(closed)
    } catch {
      // The last handler of a session that is over: nobody is left to tell.
    }
  }

  #end (): void {
    this.#phase = 'ended'
    clearTimeout(this.#connectDeadline)
    this.#pending.take()
  }

  #disconnect (): void {
    const cut = setTimeout(() => this.#socket.terminate(), CLOSE_MS)
    this.#socket.once('close', () => clearTimeout(cut))
    this.#socket.close(1000)
  }
}
