import { BEGIN, QUIET } from '@karani/agents'
import { samplesOf } from '@karani/audio'
import { step, type CallEffect, type CallLimits, type CallSessionEvent, type CallState, type Clip, type EndedBy } from '@karani/call-model'
import type { LiveSession, LiveSessionHandlers, ModelClosed } from '@karani/live-model'
import type { CallJournal } from './call-journal.ts'
import { CallerVoice } from './caller-voice.ts'
import type { CarrierLeg } from './carrier-leg.ts'
import { ClerkVoice, type Cut } from './clerk-voice.ts'
import type { ClipSet } from './clips.ts'
import { Deadlines } from './deadlines.ts'
import type { FigureWatch } from './figure-watch.ts'
import type { Paced, Pacer } from './pacer.ts'
import type { Recorder } from './recorder.ts'
import type { ToolDesk } from './tool-desk.ts'

/** News that wait until the clerk has finished. */
const MAX_NEWS = 10

export interface CallPorts {
  readonly leg: CarrierLeg
  readonly journal: CallJournal
  readonly clips: ClipSet
  readonly recorder: Recorder | null
  readonly tools: ToolDesk
  readonly figures: FigureWatch
  readonly pacer: Pacer
  readonly limits: CallLimits
  /** Where the call begins: that of who called us, or whom we called. */
  readonly start: CallState
  openModel (handlers: LiveSessionHandlers): LiveSession
  hangUp (): void
  /** Asks the carrier to take the call to a person. */
  redirect (): void
  /** `err`: what one of our own handlers threw. */
  fault (code: string, err?: unknown): void
  modelClosed (closed: ModelClosed): void
  finish (endedBy: EndedBy): void
}

/** One live call: turns what the two peers send into events, lets `step` decide, and carries out the effects. */
export class CallSession implements Paced {
  readonly #ports: CallPorts
  readonly #caller = new CallerVoice()
  readonly #clerk: ClerkVoice
  readonly #deadlines = new Deadlines(deadline => this.dispatch({ type: 'deadline', deadline }))
  #state: CallState
  #model: LiveSession | null = null
  readonly #news: string[] = []
  #nobodyReached = (): void => {}

  constructor (ports: CallPorts) {
    this.#ports = ports
    this.#state = ports.start
    this.#clerk = new ClerkVoice(ports.leg, ports.recorder)
  }

  /** How many times the caller has begun to speak. */
  get callerTurns (): number { return this.#caller.turns }

  dispatch (event: CallSessionEvent): void {
    const { state, effects } = step(this.#state, event, this.#ports.limits)
    this.#state = state
    for (const effect of effects) this.#perform(effect)
    this.#sayNews()
  }

  /** 20 ms of the caller. */
  callerFrame (frame: Uint8Array): void {
    const samples = samplesOf(frame)
    const change = this.#caller.push(samples)
    if (change !== null) this.dispatch({ type: change })
    this.#ports.recorder?.caller(samples)
    this.#model?.sendAudio(frame)
  }

  /** Brings the caller to a person. Resolves when none could be reached, and the clerk goes on. */
  async reachPerson (): Promise<void> {
    await new Promise<void>(resolve => {
      this.#nobodyReached = resolve
      this.dispatch({ type: 'person-asked' })
    })
  }

  /** Something the model did not ask for and should say, such as the outcome of a write that it has forgotten. */
  tellModel (text: string): void {
    this.#ports.figures.learn(text)
    this.#model?.sendText(text)
  }

  /** What the clerk said and has to take back: nothing in it becomes true by being repeated. */
  correctModel (text: string): void { this.#model?.sendText(text) }

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
    if (!this.#clerk.send(nowMs)) return true
    this.dispatch({ type: 'played-out' })
    return false
  }

  tickFailed (err: unknown): void {
    this.#ports.fault('PLAYOUT_FAILED', err)
    this.dispatch({ type: 'shutdown' })
  }

  #perform (effect: CallEffect): void {
    const { leg, journal, clips, pacer, tools, figures } = this.#ports
    switch (effect.do) {
      case 'open-model': return this.#openModel()
      case 'close-model': return this.#closeModel()
      case 'play-clip': return this.#playClip(effect.clip, clips)
      case 'flush-playout': return this.#noteCut(this.#clerk.cut())
      case 'cut-filler': return this.#clerk.cutFiller()
      case 'end-turn': return this.#queued(this.#clerk.pause())
      case 'prompt-clerk': return this.tellModel(effect.to === 'begin' ? BEGIN : QUIET)
      case 'redirect': return this.#ports.redirect()
      case 'no-person': return this.#nobodyReached()
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
        figures.close()
        return this.#ports.finish(effect.endedBy)
    }
  }

  #openModel (): void {
    const { journal, tools, figures } = this.#ports
    this.#model = this.#ports.openModel({
      onReady: () => {
        journal.add({ type: 'model-ready' })
        this.dispatch({ type: 'model-ready' })
      },
      onAudio: (pcm, rateHz) => this.#clerkAudio(pcm, rateHz),
      onCallerTranscript: text => {
        journal.callerSaid(text)
        figures.callerSaid(text)
      },
      onClerkTranscript: text => {
        if (this.#state.discarding) return
        journal.clerkSaid(text)
        figures.clerkSaid(text)
      },
      onInterrupted: () => {
        figures.clerkTurnEnded()
        this.dispatch({ type: 'interrupted' })
      },
      onGenerationComplete: () => this.dispatch({ type: 'generation-complete' }),
      onTurnComplete: () => {
        journal.clerkTurnEnded(false)
        figures.clerkTurnEnded()
        this.dispatch({ type: 'turn-complete' })
        this.#clerk.turnComplete()
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
    if (!this.#state.playing || this.#state.filling) this.dispatch({ type: 'clerk-speaks' }) // also after a pause within the turn
    this.#queued(this.#clerk.say(pcm, rateHz))
  }

  #clerkBegins (): void {
    this.#ports.journal.callerTurnEnded()
    this.dispatch({ type: 'clerk-speaks' })
    const latencyMs = this.#caller.takeLatencyMs()
    if (latencyMs !== null) this.#ports.journal.add({ type: 'response', latencyMs })
  }

  #queued (fits: boolean): void {
    if (!fits) this.#ports.fault('PLAYOUT_FULL')
    this.#ports.pacer.add(this)
  }

  #playClip (clip: Clip, clips: ClipSet): void {
    this.#noteCut(this.#clerk.play(clip, clips[clip]))
    this.#ports.journal.add({ type: 'clip', clip, text: clips[clip].text })
    this.#ports.pacer.add(this)
  }

  #noteCut ({ heardMs, droppedMs }: Cut): void {
    if (droppedMs === 0) return
    this.#ports.journal.clerkTurnEnded(true)
    this.#ports.journal.add({ type: 'interrupted', heardMs: Math.round(heardMs), droppedMs: Math.round(droppedMs) })
  }
}
