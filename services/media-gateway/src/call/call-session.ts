import { Playout, Resampler, SpeechDetector, samplesOf } from '@karani/audio'
import { newCall, step, type CallEffect, type CallLimits, type CallSessionEvent, type CallState, type Clip, type EndedBy } from '@karani/call-model'
import type { LiveSession, LiveSessionHandlers, ModelClosed } from '@karani/live-model'
import type { CallJournal } from './call-journal.ts'
import type { CarrierLeg } from './carrier-leg.ts'
import type { ClipSet } from './clips.ts'
import { Deadlines } from './deadlines.ts'
import type { Paced, Pacer } from './pacer.ts'
import type { Recorder } from './recorder.ts'
import type { ToolDesk } from './tool-desk.ts'

const CARRIER_RATE_HZ = 16_000
/** The model speaks several times faster than real time: this much of one reply may wait, 3.8 MB. */
const MAX_QUEUED_MS = 120_000
/** News that wait until the clerk has finished. */
const MAX_NEWS = 10
/** Audio queued under this turn is a recorded clip: a barge-in does not cut it. The model's turns count from 1. */
const CLIP_TURN = 0

export interface CallPorts {
  readonly leg: CarrierLeg
  readonly journal: CallJournal
  readonly clips: ClipSet
  readonly recorder: Recorder | null
  readonly tools: ToolDesk
  readonly pacer: Pacer
  readonly limits: CallLimits
  openModel (handlers: LiveSessionHandlers): LiveSession
  hangUp (): void
  /** `err`: what one of our own handlers threw. */
  fault (code: string, err?: unknown): void
  modelClosed (closed: ModelClosed): void
  finish (endedBy: EndedBy): void
}

/** One live call: turns what the two peers send into events, lets `step` decide, and carries out the effects. */
export class CallSession implements Paced {
  readonly #ports: CallPorts
  readonly #playout = new Playout({ sampleRateHz: CARRIER_RATE_HZ, maxQueuedMs: MAX_QUEUED_MS })
  readonly #speech = new SpeechDetector()
  readonly #deadlines = new Deadlines(deadline => this.dispatch({ type: 'deadline', deadline }))
  #resampler: Resampler | null = null
  #state: CallState = newCall
  #model: LiveSession | null = null
  #turn = CLIP_TURN + 1
  readonly #news: string[] = []
  #callerTurns = 0
  #voicedUntilMs = 0
  /** When the caller's last voiced frame arrived; null once the reply has been timed. */
  #lastVoicedAt: number | null = null

  constructor (ports: CallPorts) { this.#ports = ports }

  /** How many times the caller has begun to speak. */
  get callerTurns (): number { return this.#callerTurns }

  dispatch (event: CallSessionEvent): void {
    const { state, effects } = step(this.#state, event, this.#ports.limits)
    this.#state = state
    for (const effect of effects) this.#perform(effect)
    this.#sayNews()
  }

  /** 20 ms of the caller. */
  callerFrame (frame: Uint8Array): void {
    const samples = samplesOf(frame)
    if (this.#speech.push(samples)?.type === 'speech-started') this.#callerTurns++
    if (this.#speech.voicedUntilMs > this.#voicedUntilMs) {
      this.#voicedUntilMs = this.#speech.voicedUntilMs
      this.#lastVoicedAt = performance.now()
    }
    this.#ports.recorder?.caller(samples)
    this.#model?.sendAudio(frame)
  }

  /** Something the model did not ask for and should say, such as the outcome of a write that it has forgotten. */
  tellModel (text: string): void { this.#model?.sendText(text) }

  /** Something that happened meanwhile: the clerk takes it up when nothing is being said, so that it cuts nobody's words. */
  bringNews (text: string): void {
    if (this.#news.length < MAX_NEWS) this.#news.push(text)
    this.#sayNews()
  }

  #sayNews (): void {
    const { phase, model, playing } = this.#state
    if (phase === 'talking' && model === 'ready' && !playing) for (const text of this.#news.splice(0)) this.tellModel(text)
  }

  tick (nowMs: number): boolean {
    if (this.#state.phase === 'ended') return false
    const pcm = this.#playout.due(nowMs)
    if (pcm !== null) this.#sendToCarrier(pcm)
    if (!this.#playout.isDrained(nowMs)) return true
    this.dispatch({ type: 'played-out' })
    return false
  }

  tickFailed (err: unknown): void {
    this.#ports.fault('PLAYOUT_FAILED', err)
    this.dispatch({ type: 'shutdown' })
  }

  #perform (effect: CallEffect): void {
    const { leg, journal, clips, pacer, tools } = this.#ports
    switch (effect.do) {
      case 'open-model': return this.#openModel()
      case 'close-model': return this.#closeModel()
      case 'play-clip': return this.#playClip(effect.clip, clips)
      case 'flush-playout': return this.#flush(CLIP_TURN + 1)
      case 'end-turn': return this.#endTurn()
      case 'hang-up': return this.#ports.hangUp()
      case 'close-stream': return leg.close()
      case 'arm': return this.#deadlines.arm(effect.deadline, effect.ms)
      case 'fault':
        this.#ports.fault(effect.code)
        return journal.add({ type: 'fault', code: effect.code })
      case 'finish':
        this.#deadlines.clear()
        pacer.remove(this)
        tools.close()
        return this.#ports.finish(effect.endedBy)
    }
  }

  #openModel (): void {
    const { journal, tools } = this.#ports
    this.#model = this.#ports.openModel({
      onReady: () => {
        journal.add({ type: 'model-ready' })
        this.dispatch({ type: 'model-ready' })
      },
      onAudio: (pcm, rateHz) => this.#clerkAudio(pcm, rateHz),
      onCallerTranscript: text => journal.callerSaid(text),
      onClerkTranscript: text => { if (!this.#state.discarding) journal.clerkSaid(text) },
      onInterrupted: () => this.dispatch({ type: 'interrupted' }),
      onGenerationComplete: () => this.dispatch({ type: 'generation-complete' }),
      onTurnComplete: () => {
        journal.clerkTurnEnded(false)
        this.dispatch({ type: 'turn-complete' })
        this.#turn++
      },
      onToolCalls: calls => {
        journal.callerTurnEnded() // the words that led to the call come first
        for (const call of calls) tools.take(call)
      },
      onToolCancellation: ids => tools.cancel(ids),
      onUsage: usage => journal.used(usage),
      onGoAway: () => this.#ports.fault('MODEL_GOING_AWAY'),
      onMalformed: code => this.#ports.fault(code),
      onClosed: closed => {
        this.#model = null
        this.#ports.modelClosed(closed)
        this.dispatch({ type: 'model-closed', kind: closed.kind })
      }
    })
  }

  #closeModel (): void {
    this.#model?.close()
    this.#model = null
  }

  /** Answers a tool call; without a session there is nobody left to answer. */
  answerTool (...answers: Parameters<LiveSession['answerTools']>[0]): void { this.#model?.answerTools(answers) }

  #clerkAudio (pcm: Uint8Array, rateHz: number): void {
    if (this.#state.discarding || this.#state.phase === 'ended') return
    if (this.#state.turn !== 'speaking') this.#clerkBegins()
    if (!this.#state.playing) this.dispatch({ type: 'clerk-speaks' }) // also after a pause within the turn
    this.#resampler ??= new Resampler({ fromHz: rateHz, toHz: CARRIER_RATE_HZ })
    this.#enqueue(this.#resampler.push(samplesOf(pcm)))
  }

  #clerkBegins (): void {
    this.#ports.journal.callerTurnEnded()
    this.dispatch({ type: 'clerk-speaks' })
    if (this.#lastVoicedAt === null) return
    this.#ports.journal.add({ type: 'response', latencyMs: Math.round(performance.now() - this.#lastVoicedAt) })
    this.#lastVoicedAt = null
  }

  #enqueue (samples: Int16Array): void {
    if (this.#playout.enqueue(samples, this.#turn) > 0) this.#ports.fault('PLAYOUT_FULL')
    this.#ports.pacer.add(this)
  }

  #endTurn (): void {
    if (this.#resampler !== null) this.#enqueue(this.#resampler.flush())
    this.#resampler = null
    this.#playout.endTurn(this.#turn)
  }

  #playClip (clip: Clip, clips: ClipSet): void {
    const { text, samples } = clips[clip]
    if (!this.#playout.isDrained(performance.now())) this.#flush(CLIP_TURN)
    this.#resampler = null
    this.#playout.enqueue(samples, CLIP_TURN)
    this.#playout.endTurn(CLIP_TURN)
    this.#ports.journal.add({ type: 'clip', clip, text })
    this.#ports.pacer.add(this)
  }

  #flush (fromTurn: number): void {
    const { leg, journal, recorder } = this.#ports
    this.#resampler = null
    const { heardMs, droppedMs, padding } = this.#playout.flush(performance.now(), fromTurn)
    if (padding !== null) {
      leg.send(padding)
      leg.killAudio()
      recorder?.cut()
    }
    if (droppedMs === 0) return
    journal.clerkTurnEnded(true)
    journal.add({ type: 'interrupted', heardMs: Math.round(heardMs), droppedMs: Math.round(droppedMs) })
  }

  #sendToCarrier (pcm: Uint8Array): void {
    this.#ports.leg.send(pcm)
    this.#ports.recorder?.clerk(samplesOf(pcm))
  }
}
