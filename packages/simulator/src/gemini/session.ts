import type { RawData, WebSocket } from 'ws'
import { draw, type GeminiBehaviour, type Range } from './behaviour.ts'
import type { Brain, CreateBrain, Mishap, SessionSetup, Turn } from './brain.ts'
import { checkSetup, type AcceptedSetup } from './setup/check-setup.ts'
import { Conversation } from './conversation.ts'
import { CLOSES, type Fault } from './fault.ts'
import { HeardAudio } from './hearing/heard-audio.ts'
import type { ClientMessage } from './messages/message-schemas.ts'
import { readClientMessage } from './messages/read-client-message.ts'
import { invalid, Refusal } from './messages/refusal.ts'
import type { ModelRules } from './setup/model-rules.ts'
import type { ResumptionHandles } from './resumption-handles.ts'
import { goAway, resumptionUpdate, setupComplete } from './messages/server-message.ts'
import type { SessionContext } from './session-context.ts'
import { SessionLog } from './session-log.ts'
import type { SetupMessage } from './setup/setup-schema.ts'
import { after, sleep } from './timing.ts'
import { TokenMeter } from './token-meter.ts'
import { ToolLedger } from './speaking/tool-ledger.ts'
import { Wire } from './wire.ts'

/** Messages of a client that does not wait for `setupComplete`; more are refused. */
const MAX_EARLY_MESSAGES = 1_000
const AT_ONCE: Range = [0, 0]

export interface SessionOptions {
  readonly id: string
  readonly behaviour: GeminiBehaviour
  readonly fault: Fault | undefined
  readonly createBrain: CreateBrain
  readonly handles: ResumptionHandles
  readonly keepAudio: boolean
  readonly random: () => number
  readonly now: () => number
  readonly newId: (prefix: string) => string
}

/** One connection from its first message to its end, and the record of it. */
export class GeminiSession {
  readonly id: string
  readonly log: SessionLog
  readonly heard: HeardAudio
  readonly #options: SessionOptions
  readonly #wire: Wire
  readonly #end = new AbortController()
  readonly #early: ClientMessage[] = []
  /** Turns that the brain asked for before the session was ready. */
  readonly #unasked: Array<(turn: Turn) => void | Promise<void>> = []
  #state: 'new' | 'setting-up' | 'live' = 'new'
  #conversation: Conversation | null = null
  #brain: Brain | null = null

  constructor (socket: WebSocket, options: SessionOptions) {
    this.id = options.id
    this.log = new SessionLog(options.now)
    this.heard = new HeardAudio(options.keepAudio)
    this.#options = options
    this.#wire = new Wire(socket, options.behaviour)
    socket.on('message', (data) => this.#receive(data))
    socket.on('close', (code, reason) => this.#closed(code, reason.toString()))
    socket.on('error', () => {}) // the close that follows says what there is to say
  }

  /** Lets something go wrong, now. */
  fault (mishap: Mishap): void {
    this.#wire.suffer(mishap)
  }

  refuse ({ code, message }: Refusal): void {
    this.log.add({ type: 'refused', code, reason: message })
    this.#wire.close(code, message)
  }

  #receive (data: RawData): void {
    if (!this.#wire.open || this.#end.signal.aborted) return
    try {
      const message = readClientMessage(data)
      switch (this.#state) {
        case 'new': return this.#start(message)
        case 'setting-up': return this.#keep(message)
        case 'live': return this.#conversation?.take(message)
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  #start ({ setup }: ClientMessage): void {
    if (setup === undefined) throw invalid('setup must be the first message and only the first.')
    this.#state = 'setting-up'
    this.log.add({ type: 'setup', setup })
    const accepted = checkSetup(setup, this.#options.behaviour.rules)
    if (setup.sessionResumption?.handle !== undefined) this.#options.handles.redeem(setup.sessionResumption.handle)
    this.#setUp(setup, accepted).catch((error: unknown) => this.#fail(error))
  }

  #keep (message: ClientMessage): void {
    if (message.setup !== undefined || this.#early.length === MAX_EARLY_MESSAGES) throw invalid('Request contains an invalid argument.')
    this.#early.push(message)
  }

  async #setUp (setup: SetupMessage, accepted: AcceptedSetup): Promise<void> {
    const { behaviour, fault, createBrain, random } = this.#options
    await sleep(draw(behaviour.setupMs, random), this.#end.signal)
    if (accepted.hangs) return
    if (fault?.at === 'setup') return this.#wire.suffer(fault.mishap)
    const brainSession = this.#brainSession(accepted.session)
    const brain = await createBrain(brainSession)
    if (this.#end.signal.aborted) return brain.close?.()
    this.#brain = brain
    this.#conversation = new Conversation(this.#context(setup, accepted.rules, brainSession, brain), this.heard)
    this.#goLive(setup, this.#conversation)
  }

  #goLive (setup: SetupMessage, conversation: Conversation): void {
    const { fault, handles } = this.#options
    this.#state = 'live'
    this.log.add({ type: 'ready' })
    this.#wire.send(setupComplete(this.id))
    handles.connected(this.id)
    if (setup.sessionResumption !== undefined) this.#wire.send(resumptionUpdate(handles.issue(this.id)))
    if (fault?.at === 'ready') this.#wire.suffer(fault.mishap)
    this.#limitLifetime()
    for (const handler of this.#unasked.splice(0)) conversation.floor.take(handler, AT_ONCE, { polite: true })
    for (const message of this.#early.splice(0)) conversation.take(message)
  }

  #brainSession (setup: SessionSetup): SessionContext['brainSession'] {
    const { id, now, random } = this.#options
    return {
      id,
      setup,
      now,
      random,
      takeTurn: (handler) => {
        if (this.#conversation === null) this.#unasked.push(handler)
        else this.#conversation.floor.take(handler, AT_ONCE, { polite: true })
      },
      fault: (mishap) => this.fault(mishap)
    }
  }

  #context (setup: SetupMessage, rules: ModelRules, brainSession: SessionContext['brainSession'], brain: Brain): SessionContext {
    const meter = new TokenMeter(setup.contextWindowCompression)
    meter.text(brainSession.setup.instructions)
    return {
      ...this.#options,
      rules,
      setup,
      brainSession,
      brain,
      meter,
      handles: setup.sessionResumption === undefined ? null : this.#options.handles,
      wire: this.#wire,
      log: this.log,
      ledger: new ToolLedger(),
      signal: this.#end.signal,
      attempt: (handler) => this.#attempt(handler),
      failed: (error) => this.#fail(error)
    }
  }

  #limitLifetime (): void {
    const { lifetimeMs, goAwayMs } = this.#options.behaviour
    after(lifetimeMs, this.#end.signal, () => this.#wire.suffer(CLOSES.deadline))
    if (goAwayMs === null) return
    const noticeMs = Math.min(goAwayMs, lifetimeMs)
    after(lifetimeMs - noticeMs, this.#end.signal, () => {
      this.log.add({ type: 'go-away' })
      this.#wire.send(goAway(noticeMs))
    })
  }

  /** What the service refuses ends the connection with its own code, and so does a fault of the brain, with 1011. */
  #fail (error: unknown): void {
    if (error instanceof Refusal) return this.refuse(error)
    this.log.add({ type: 'brain-failed', error })
    this.#wire.suffer(CLOSES.internalError)
  }

  #closed (code: number, reason: string): void {
    this.#end.abort()
    this.#conversation?.floor.close()
    this.#options.handles.disconnected(this.id)
    this.log.add({ type: 'closed', code, reason })
    this.#attempt(() => this.#brain?.close?.())
  }

  #attempt (handler: () => unknown): void {
    try {
      const result = handler()
      if (result instanceof Promise) result.catch((error: unknown) => this.#fail(error))
    } catch (error) {
      this.#fail(error)
    }
  }
}
