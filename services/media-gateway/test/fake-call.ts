import { EventEmitter } from 'node:events'
import type { CallContext } from '@karani/call-context'
import { newCall, type LiveCallEvent } from '@karani/call-model'
import type { LiveSession, LiveSessionHandlers, ToolAnswer, ToolCall } from '@karani/live-model'
import type { WebSocket } from 'ws'
import { CallJournal } from '../src/call/call-journal.ts'
import { CallSession } from '../src/call/call-session.ts'
import { CarrierLeg } from '../src/call/carrier-leg.ts'
import type { RecordedClip } from '../src/call/clips.ts'
import { FigureWatch } from '../src/call/figure-watch.ts'
import { Pacer } from '../src/call/pacer.ts'
import { ToolDesk, type ToolResult } from '../src/call/tool-desk.ts'

/** Every sample of the recorded clips, each half a second long: quieter than anything that a fake model says. */
export const CLIP_LEVEL = 50

/** The carrier's socket: what was sent to it is written down. */
export class FakeSocket extends EventEmitter {
  readonly sent: Array<Uint8Array | string> = []
  bufferedAmount = 0
  closed = false

  send (data: Uint8Array | string): void {
    if (this.closed) throw new Error('sent after the close')
    this.sent.push(data)
  }

  ping (): void { this.emit('pong') }
  close (): void { this.end() }
  terminate (): void { this.end() }
  end (): void {
    if (this.closed) return
    this.closed = true
    this.emit('close')
  }

  /** The strongest sample sent from the `from`th message on. */
  loudest (from = 0): number {
    let peak = 0
    for (const data of this.sent.slice(from)) {
      if (typeof data === 'string') continue
      for (const sample of new Int16Array(data.buffer, data.byteOffset, data.byteLength / 2)) peak = Math.max(peak, Math.abs(sample))
    }
    return peak
  }
}

/** One model session, which keeps the promise of `LiveSession`: after its end nothing is told any more. */
export class FakeModel implements LiveSession {
  readonly answers: ToolAnswer[] = []
  readonly texts: string[] = []
  closes = 0
  ended = false
  readonly #handlers: LiveSessionHandlers

  constructor (handlers: LiveSessionHandlers) { this.#handlers = handlers }

  tell (deliver: (to: LiveSessionHandlers) => void): void { if (!this.ended) deliver(this.#handlers) }
  /** The peer ends the session. */
  end (kind: 'fatal' | 'transient' | 'quota' = 'transient', duringSetup = false): void {
    this.tell(to => {
      this.ended = true
      to.onClosed({ kind, code: 1011, reason: '', duringSetup })
    })
  }

  /** `ms` of 16 kHz at one level. */
  speak (ms: number, level = 8_000): void { this.tell(to => to.onAudio(new Uint8Array(new Int16Array(ms * 16).fill(level).buffer), 16_000)) }
  sendAudio (): void {}
  sendText (text: string): void { this.texts.push(text) }
  answerTools (answers: readonly ToolAnswer[]): void { this.answers.push(...answers) }
  close (): void {
    this.closes++
    this.ended = true
  }
}

export interface RunningTool { readonly call: ToolCall, resolve (result: ToolResult): void, reject (err: Error): void }

const EFFECTS = new Map<string, 'read' | 'write'>([['getAccount', 'read'], ['recordPromiseToPay', 'write'], ['endCall', 'write']])
const CONTEXT: CallContext = { callId: 'HD_1', direction: 'inbound', agent: 'lender', line: '+254711000001', businessName: 'Tumaini Credit', caller: null, language: 'en-KE', openedAt: '2026-03-02T08:00:00Z' }

/** A call whose peers are in the test's hands; leg, tool desk, pacer and journal are the real ones. */
export class FakeCall {
  readonly socket = new FakeSocket()
  readonly models: FakeModel[] = []
  readonly running: RunningTool[] = []
  readonly events: LiveCallEvent[] = []
  readonly faults: string[] = []
  readonly finished: string[] = []
  readonly session: CallSession
  readonly figures: FigureWatch
  hangUps = 0
  redirects = 0

  constructor () {
    const clip = (text: string): RecordedClip => ({ text, samples: new Int16Array(8_000).fill(CLIP_LEVEL) })
    const leg = new CarrierLeg(this.socket as unknown as WebSocket, {
      onFrame: frame => this.session.callerFrame(frame),
      onMetadata: () => {},
      onUnsent: () => this.faults.push('CARRIER_NOT_READING'),
      onFault: err => { throw err },
      onMalformed: () => this.faults.push('CARRIER_AUDIO_MALFORMED'),
      onClosed: () => this.session.dispatch({ type: 'stream-closed' })
    })
    const tools = new ToolDesk({
      effectOf: name => EFFECTS.get(name) ?? null,
      run: async call => {
        if (call.name !== 'endCall') return await new Promise<ToolResult>((resolve, reject) => { this.running.push({ call, resolve, reject }) })
        this.session.dispatch({ type: 'end-call-asked' })
        return { outcome: 'ok', response: { output: { ended: true } } }
      },
      answered: ({ id, name }, { response }) => {
        this.figures.learn(response)
        this.session.answerTool({ id, name, response })
      },
      waiting: waits => this.session.dispatch({ type: waits ? 'tools-run' : 'tools-answered' }),
      lateWrite: call => this.session.tellModel(call.id)
    }, { timeoutMs: 3_000, maxCalls: 30, maxConcurrent: 3, waysOut: ['endCall'] })
    const journal = new CallJournal(CONTEXT, event => this.events.push(event))
    this.figures = new FigureWatch({ untrue: figure => journal.add({ type: 'untrue-figure', ...figure }), correct: instruction => this.session.correctModel(instruction) })
    this.session = new CallSession({
      leg,
      tools,
      journal,
      figures: this.figures,
      clips: { opening: clip('opening'), apology: clip('apology'), 'time-limit': clip('time-limit'), 'one-moment': clip('one-moment'), 'please-call': clip('please-call'), connecting: clip('connecting') },
      recorder: null,
      pacer: new Pacer(),
      start: newCall,
      limits: { connectMs: 1_700, maxCallMs: 60_000 },
      openModel: handlers => {
        const model = new FakeModel(handlers)
        this.models.push(model)
        return model
      },
      hangUp: () => { this.hangUps++ },
      redirect: () => { this.redirects++ },
      fault: code => this.faults.push(code),
      modelClosed: () => {},
      finish: endedBy => this.finished.push(endedBy)
    })
  }

  /** The newest session with the model. */
  get model (): FakeModel { return this.models.at(-1)! }

  /** The stream is open, the model set up, and the opening was heard. */
  begin (clock: { advance (ms: number): void }): this {
    this.session.dispatch({ type: 'stream-opened' })
    this.model.tell(to => to.onReady())
    clock.advance(1_000)
    return this
  }
}
