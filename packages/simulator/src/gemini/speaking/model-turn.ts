import { bytesOf } from '@karani/audio'
import type { GeminiBehaviour } from '../behaviour.ts'
import type { Speech, ToolCall, ToolRequest, Turn } from '../brain.ts'
import { sleep } from '../timing.ts'
import { speechMs, SpeechPacing } from './speech-pacing.ts'
import { pieces } from './transcript-pieces.ts'

/** What a turn needs of its session. */
export interface TurnHost {
  readonly behaviour: GeminiBehaviour
  now (): number
  newCallId (): string
  heard (text: string): void
  /** A piece of speech, of its transcript, or both. */
  speak (turn: ModelTurn, pcm: Uint8Array | null, text: string | null, last: boolean): void
  callTools (turn: ModelTurn, calls: readonly ToolCall[]): void
  /** Does a BLOCKING call of this turn wait for its answer? */
  isBlocked (turn: ModelTurn): boolean
  generated (turn: ModelTurn): void
  /** The turn is over, playback included. Not called for a cut turn. */
  ended (turn: ModelTurn): void
  failed (error: unknown): void
}

type Handler = (turn: Turn) => void | Promise<void>

type Item =
  | { readonly calls: readonly ToolCall[] }
  | { readonly speech: Speech, readonly done: () => void }

/**
 * One turn of the model: says and asks what the brain put on its agenda, in order, paced and cut into pieces as the service
 * does. It stays open while a handler of the brain runs, something is left to say, or a BLOCKING call is unanswered.
 */
export class ModelTurn implements Turn {
  readonly #host: TurnHost
  readonly #abort = new AbortController()
  readonly #pacing: SpeechPacing
  readonly #agenda: Item[] = []
  #inHand: Item | undefined
  #dueMs = 0
  #handlers = 0
  #open = true

  constructor (host: TurnHost) {
    this.#host = host
    this.#pacing = new SpeechPacing(host.behaviour)
  }

  get signal (): AbortSignal { return this.#abort.signal }

  /** Speech sent so far. */
  get audioMs (): number { return this.#pacing.audioMs }

  heard (text: string): void {
    if (this.#open) this.#host.heard(text)
  }

  say (speech: Speech): Promise<void> {
    if (!this.#open) return Promise.resolve()
    return new Promise((resolve) => this.#plan({ speech, done: resolve }))
  }

  callTools (requests: readonly ToolRequest[]): readonly ToolCall[] {
    const calls = requests.map((request) => ({ id: this.#host.newCallId(), ...request }))
    if (this.#open) this.#plan({ calls })
    return calls
  }

  /** Lets the brain act in this turn. Nothing is said or asked before `dueMs`. */
  think (handler: Handler, dueMs: number): void {
    this.#dueMs = dueMs
    this.#guard(this.#run(handler))
  }

  cut (): void {
    this.#open = false
    this.#abort.abort()
    for (const item of [this.#inHand, ...this.#agenda.splice(0)]) {
      if (item !== undefined && 'speech' in item) item.done()
    }
  }

  #plan (item: Item): void {
    this.#agenda.push(item)
    this.#guard(this.#work())
  }

  async #run (handler: Handler): Promise<void> {
    this.#handlers++
    try {
      await handler(this)
    } finally {
      this.#handlers--
    }
    await this.#work()
  }

  /** Does what is on the agenda, unless that is being done already or a tool's answer must come first. */
  async #work (): Promise<void> {
    while (this.#inHand === undefined && !this.#host.isBlocked(this)) {
      const item = this.#inHand = this.#agenda.shift()
      if (item === undefined) break
      try {
        await this.#do(item)
      } finally {
        this.#inHand = undefined
      }
    }
    await this.#settle()
  }

  async #do (item: Item): Promise<void> {
    await sleep(this.#dueMs - this.#host.now(), this.signal)
    if ('calls' in item) return this.#ask(item.calls)
    if (!this.signal.aborted) await this.#speak(item.speech)
    item.done()
  }

  /** What fails after a cut does not matter any more. */
  #guard (work: Promise<void>): void {
    work.catch((error: unknown) => { if (!this.signal.aborted) this.#host.failed(error) })
  }

  #ask (calls: readonly ToolCall[]): void {
    if (!this.signal.aborted) this.#host.callTools(this, calls)
  }

  async #speak ({ text = '', audio }: Speech): Promise<void> {
    const { replies, outputTranscript } = this.#host.behaviour
    if (replies === 'empty' || replies === 'rejected') return
    const words = pieces(text, outputTranscript === 'beside' ? 'words' : 'whole')
    if (outputTranscript === 'ahead') this.#write(words)
    for await (const part of Symbol.asyncIterator in audio ? audio : [audio]) {
      const pcm = replies === 'silent' ? new Uint8Array(part.byteLength) : bytesOf(part)
      await this.#send(pcm, outputTranscript === 'beside' ? words : [])
      if (this.signal.aborted) return
    }
    this.#write(words)
  }

  /** Pieces of speech, each with the next piece of its transcript. */
  async #send (pcm: Uint8Array, words: string[]): Promise<void> {
    for (let at = 0; at < pcm.length;) {
      this.#askEarly(speechMs(pcm.length - at))
      await sleep(this.#pacing.waitMs(this.#host.now()), this.signal)
      if (this.signal.aborted) return
      const chunk = pcm.subarray(at, at + this.#pacing.nextBytes)
      at += chunk.length
      this.#pacing.sent(chunk.length, this.#host.now())
      this.#host.speak(this, chunk, words.shift() ?? null, words.length === 0)
    }
  }

  #write (words: string[]): void {
    if (words.length > 0) this.#host.speak(this, null, words.splice(0).join(''), true)
  }

  /** A tool call that comes next overtakes the last of the speech before it. */
  #askEarly (leftMs: number): void {
    const next = this.#agenda[0]
    if (next === undefined || !('calls' in next) || leftMs > this.#host.behaviour.trailingAudioMs) return
    this.#agenda.shift()
    this.#ask(next.calls)
  }

  async #settle (): Promise<void> {
    if (!this.#open || this.#handlers > 0 || this.#inHand !== undefined || this.#agenda.length > 0 || this.#host.isBlocked(this)) return
    this.#open = false
    this.#host.generated(this)
    if (this.#host.behaviour.turnComplete !== 'at-once') await sleep(this.#pacing.playbackMs(this.#host.now()), this.signal)
    if (!this.signal.aborted) this.#host.ended(this)
  }
}
