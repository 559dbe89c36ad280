import { randomUUID } from 'node:crypto'
import type { CallbackState } from './carrier-behaviour.ts'
import { deliver } from './event-delivery.ts'
import type { Exchange, NumberRouting } from './exchange.ts'
import { pause } from './pause.ts'
import type { SimulatedCall } from './simulated-call.ts'
import type { VerbOf } from './voice-actions.ts'
import { callbackFields, type CallbackFacts, type CallbackFields } from './voice-fields.ts'
import { encodeFields, post } from './webhook.ts'

export type EventKind = 'call.started' | 'call.answered' | 'call.completed' | 'call.failed' | 'call.recording.ready'

const CALLBACK_TIMEOUT_MS = 10_000
/** How the PBX names the state in the raw body of an event. */
const STATE_OF: Readonly<Record<EventKind, CallbackState>> = { 'call.started': 'Ringing', 'call.answered': 'Answered', 'call.completed': 'Completed', 'call.failed': 'Completed', 'call.recording.ready': 'Completed' }

/** Tells the world what becomes of one call: callbacks to the voice and status URLs, events to the number's events URL. */
export class Lifecycle {
  readonly #call: SimulatedCall
  readonly #exchange: Exchange
  readonly #pending = new Set<Promise<void>>()

  constructor (call: SimulatedCall, exchange: Exchange) {
    this.#call = call
    this.#exchange = exchange
  }

  get voiceUrl (): string | null {
    return this.#call.setup.voiceUrl ?? this.#routing?.voiceUrl ?? null
  }

  /** What the voice webhook and events are signed with. */
  get secret (): string | undefined {
    return this.#routing?.signingSecret ?? undefined
  }

  /** What callbacks to URLs in a document are signed with. */
  get statusSecret (): string | undefined {
    return this.#call.behaviour.statusSigned ? this.secret : undefined
  }

  fields (state: CallbackState, extra: Partial<CallbackFacts> = {}): CallbackFields {
    const { callId, sessionId, setup: { from, to, direction, clientRequestId } } = this.#call
    return callbackFields({ callId, sessionId, from, to, direction, clientRequestId, state, active: !this.#call.isOver, ...extra }, this.#call.behaviour)
  }

  /** A lifecycle edge to the voice URL. Its vocabulary must have a word for the state, or it would read as a new call. */
  voiceEdge (state: CallbackState, extra: Partial<CallbackFacts> = {}): void {
    const url = this.voiceUrl
    if (url !== null && this.#call.behaviour.vocabulary !== 'tutorial') this.#callBack(url, 'voice edge', state, extra, this.secret)
  }

  streamEdge (state: 'StreamStarted' | 'StreamStopped' | 'StreamError', stream: VerbOf<'stream'>, streamId: string): void {
    const { streamEdgesTo } = this.#call.behaviour
    const edge = { streamId, streamName: stream.name }
    const wanted = stream.statusEvents?.split(/\s+/) ?? ['stream-started', 'stream-stopped', 'stream-error']
    if (stream.statusCallback !== undefined && wanted.includes(state.replace('Stream', 'stream-').toLowerCase())) this.#callBack(stream.statusCallback, 'status', state, edge, this.statusSecret)
    if (streamEdgesTo === 'voice URL' || streamEdgesTo === 'both') this.voiceEdge(state, edge)
    const eventsUrl = this.#routing?.eventsUrl ?? null
    if (eventsUrl !== null && (streamEdgesTo === 'events URL' || streamEdgesTo === 'both')) this.#deliver(eventsUrl, `stream.${state}`, this.fields(state, edge))
  }

  event (kind: EventKind, data: Record<string, unknown> = {}): void {
    const { eventKinds, envelope } = this.#call.behaviour
    const url = this.#routing?.eventsUrl ?? null
    const terminal = kind === 'call.completed' || kind === 'call.failed'
    if (url === null || eventKinds === 'none' || (eventKinds === 'terminal' && !terminal)) return
    this.#deliver(url, kind, envelope === 'PBX' ? this.fields(STATE_OF[kind], { durationSeconds: this.#call.end?.durationSeconds }) : this.#envelope(kind, data))
  }

  /** Resolves when everything sent has arrived or was given up. */
  async delivered (): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending)
  }

  get #routing (): NumberRouting | undefined { return this.#exchange.routing(this.#call.localNumber) }

  #envelope (kind: EventKind, data: Record<string, unknown>): Record<string, unknown> {
    const { callId, sessionId, setup: { direction, from, to, clientRequestId }, status, behaviour } = this.#call
    const now = new Date().toISOString()
    const about = { call_id: callId, pbx_call_id: sessionId, number_id: this.#routing?.id, clientRequestId, ...(kind !== 'call.recording.ready' && { direction, from, to, status }), ...data }
    return behaviour.envelope === 'kind, data'
      ? { kind, event_id: randomUUID(), workspace_id: this.#exchange.workspaceId, occurred_at: now, data: about }
      : { event_kind: kind, event_id: randomUUID(), payload: { ...about, occurred_at: now } }
  }

  #callBack (url: string, purpose: string, state: CallbackState, extra: Partial<CallbackFacts>, secret: string | undefined): void {
    const { log, behaviour } = this.#call
    const body = encodeFields(this.fields(state, extra), behaviour.voiceBody)
    this.#send(state, async () => {
      const reply = await post({ url, purpose, ...body, secret, timeoutMs: CALLBACK_TIMEOUT_MS }, log, behaviour, this.#exchange.closing)
      if (reply?.body.includes('<Stream') === true) log.add({ type: 'fault', what: 'a lifecycle edge was answered with a Stream: the carrier re-forks and fails' })
    })
  }

  #deliver (url: string, kind: string, fields: Record<string, unknown>): void {
    const { log, behaviour } = this.#call
    const eventId = typeof fields.event_id === 'string' ? fields.event_id : randomUUID()
    const headers = behaviour.eventHeaders === 'Event-Id'
      ? { 'x-sautikit-event-id': eventId, 'x-sautikit-event-kind': kind }
      : { 'x-sautikit-idempotency-key': eventId, 'x-sautikit-event': kind }
    const webhook = { url, purpose: 'event', contentType: 'application/json', body: JSON.stringify(fields), headers, secret: this.secret, timeoutMs: CALLBACK_TIMEOUT_MS } as const
    this.#send('event', async () => await deliver(webhook, log, behaviour, this.#exchange))
  }

  /** Now, or later as the behaviour says, and as often. */
  #send (state: CallbackState | 'event', send: () => Promise<void>): void {
    const { copies, callbackDelayMs } = this.#call.behaviour
    const sent = pause(callbackDelayMs(state), this.#exchange.closing)
      .then(async () => { await Promise.all(Array.from({ length: copies }, send)) })
      .catch((err: unknown) => this.#call.log.add({ type: 'fault', what: `callback: ${String(err)}` }))
      .finally(() => this.#pending.delete(sent))
    this.#pending.add(sent)
  }
}
