import { draw, type GeminiBehaviour, type Range } from '../behaviour.ts'
import type { ToolCall, Turn } from '../brain.ts'
import { ModelTurn, type TurnHost } from './model-turn.ts'
import { resumptionUpdate, serverContent, speechMessage, toolCall, toolCallCancellation, type ServerContent, type Transcription } from '../messages/server-message.ts'
import type { SessionContext } from '../session-context.ts'
import { after } from '../timing.ts'
import { speechMs } from './speech-pacing.ts'
import { pieces } from './transcript-pieces.ts'

/** Inputs that wait for the floor; what comes on top is lost. */
const MAX_WAITING = 100

type Handler = (turn: Turn) => void | Promise<void>

/** Who speaks: the turns of the model, one after another, what they put on the wire, and what an interruption does to them. */
export class Floor implements TurnHost {
  readonly #session: SessionContext
  readonly #waiting: Array<{ open: () => void, polite: boolean }> = []
  #turn: ModelTurn | null = null
  #callerSpeaks = false
  #sentMs = 0
  #lastPiece: Uint8Array | null = null

  constructor (session: SessionContext) {
    this.#session = session
  }

  get behaviour (): GeminiBehaviour { return this.#session.behaviour }

  /** The turn that is generated or being played, if any. */
  get turn (): ModelTurn | null { return this.#turn }

  /** While the caller speaks no polite turn begins. */
  callerSpeaks (speaks: boolean): void {
    this.#callerSpeaks = speaks
    this.#next()
  }

  now (): number { return this.#session.now() }

  newCallId (): string { return this.#session.newId('function-call-') }

  /** Opens a turn for an input that ended now, once the present turn is over; a polite one lets the caller finish too. */
  take (handler: Handler, delay: Range, { polite = false } = {}): void {
    const { random, behaviour: { slowAnswers } } = this.#session
    const dueMs = this.now() + draw(delay, random) + (random() < slowAnswers.share ? slowAnswers.extraMs : 0)
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push({ open: () => this.#open(handler, dueMs), polite })
    this.#next()
  }

  /** Cuts the present turn, its generation or its playback; usually open tool calls are given up with it. Nothing, when there is no turn. */
  interrupt ({ keepCalls = false } = {}): void {
    const { wire, log, behaviour, brain, ledger, signal, attempt } = this.#session
    const turn = this.#turn
    if (turn === null || turn.signal.aborted) return
    turn.cut()
    log.add({ type: 'interrupted', audioMs: turn.audioMs })
    const stale = behaviour.staleAudio === 'none' ? null : this.#lastPiece
    if (stale !== null && behaviour.staleAudio === 'in-interrupted') wire.send(speechMessage(stale, behaviour.audioMimeType, { interrupted: true }))
    else wire.send(serverContent({ interrupted: true }))
    if (!keepCalls) this.#cancelCalls(ledger.cancel())
    if (stale !== null && behaviour.staleAudio === 'after-interrupted') wire.send(speechMessage(stale, behaviour.audioMimeType))
    attempt(() => brain.onInterrupted?.(turn))
    after(behaviour.cutTurnCompleteMs, signal, () => {
      this.#complete(turn)
      if (behaviour.freezeAfterInterruption) wire.suffer({ do: 'stall' })
    })
  }

  /** The connection is gone. */
  close (): void {
    this.#waiting.length = 0
    this.#turn?.cut()
  }

  heard (text: string): void {
    const { setup, behaviour, wire, log, meter } = this.#session
    log.add({ type: 'heard', text })
    meter.text(text)
    if (setup.inputAudioTranscription === undefined) return
    const words = pieces(text, behaviour.inputTranscript)
    words.forEach((word, n) => wire.send(serverContent({ inputTranscription: this.#transcription(word, n === words.length - 1) })))
  }

  speak (turn: ModelTurn, pcm: Uint8Array | null, text: string | null, last: boolean): void {
    const { behaviour, wire, log, meter } = this.#session
    if (text !== null) log.add({ type: 'said', text })
    const content: ServerContent = text !== null && this.#transcribes ? { outputTranscription: this.#transcription(text, last) } : {}
    if (pcm === null) {
      if (content.outputTranscription !== undefined) wire.send(serverContent(content))
      return
    }
    if (speechMs(pcm.length) === turn.audioMs) log.add({ type: 'speaking' })
    meter.said(speechMs(pcm.length))
    this.#lastPiece = pcm
    wire.send(speechMessage(pcm, behaviour.audioMimeType, content))
    this.#failAfter(speechMs(pcm.length))
  }

  callTools (turn: ModelTurn, calls: readonly ToolCall[]): void {
    const { ledger, brainSession, rules, wire, log } = this.#session
    for (const call of calls) {
      log.add({ type: 'tool-call', ...call })
      ledger.add(call, brainSession.setup.tools.find(({ name }) => name === call.name)?.behavior ?? rules.behaviors[0], turn)
    }
    wire.send(toolCall(calls.map(({ id, name, args }) => ({ id, name, args }))))
  }

  isBlocked (turn: ModelTurn): boolean { return this.#session.ledger.blocks(turn) }

  generated (turn: ModelTurn): void {
    this.#session.log.add({ type: 'generation-complete', audioMs: turn.audioMs })
    if (this.behaviour.replies === 'spoken' || this.behaviour.replies === 'silent') this.#session.wire.send(serverContent({ generationComplete: true }))
  }

  ended (turn: ModelTurn): void { this.#complete(turn) }

  failed (error: unknown): void { this.#session.failed(error) }

  #open (handler: Handler, dueMs: number): void {
    this.#session.log.add({ type: 'turn-opened' })
    this.#turn = new ModelTurn(this)
    this.#lastPiece = null
    if (this.#session.handles !== null) this.#session.wire.send(resumptionUpdate(null))
    this.#turn.think(handler, dueMs)
  }

  #complete (turn: ModelTurn): void {
    const { behaviour, rules, ledger, meter, wire, log, handles } = this.#session
    if (turn !== this.#turn || !wire.open) return
    this.#turn = null
    const usage = meter.endTurn()
    log.add({ type: 'turn-complete', audioMs: turn.audioMs })
    if (behaviour.turnComplete !== 'never') {
      wire.send(serverContent({
        turnComplete: true,
        ...(behaviour.replies === 'rejected' && { turnCompleteReason: 'RESPONSE_REJECTED' }),
        ...(rules.interactionStatus && { interactionStatus: ledger.anyOpen ? 'IN_PROGRESS' as const : 'IDLE' as const })
      }, behaviour.usage ? usage : undefined))
    }
    if (handles !== null) wire.send(resumptionUpdate(ledger.anyOpen ? null : handles.issue(this.#session.id)))
    this.#next()
  }

  #next (): void {
    if (this.#turn !== null) return
    const next = this.#waiting.findIndex(({ polite }) => !polite || !this.#callerSpeaks)
    if (next !== -1) this.#waiting.splice(next, 1)[0]?.open()
  }

  #cancelCalls (ids: readonly string[]): void {
    if (ids.length === 0) return
    for (const id of ids) this.#session.log.add({ type: 'tool-cancelled', id })
    this.#session.wire.send(toolCallCancellation(ids))
  }

  /** The fault that was planned for this much speech. */
  #failAfter (ms: number): void {
    const { fault, wire } = this.#session
    const before = this.#sentMs
    this.#sentMs += ms
    if (fault?.at === 'speech' && before < fault.afterMs && this.#sentMs >= fault.afterMs) wire.suffer(fault.mishap)
  }

  get #transcribes (): boolean {
    return this.#session.setup.outputAudioTranscription !== undefined || this.#session.rules.unaskedOutputTranscript
  }

  #transcription (text: string, last: boolean): Transcription {
    return last && this.behaviour.finishedTranscripts ? { text, finished: true } : { text }
  }
}
