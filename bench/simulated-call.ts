import { WebSocket } from 'ws'
import { bytesOf, tone } from '@karani/audio'
import { FRAME_BYTES, markFrame } from './frame-mark.ts'
import { REPLY } from './reply-script.ts'
import { ReplyWatch } from './reply-watch.ts'
import type { Tally } from './tally.ts'

export const FRAME_MS = 20
/** From the beginning of one reply to the next: with 2 s of speech in it, the clerk talks for 40 % of the time. */
export const CYCLE_MS = 5_000
/** The caller speaks for so long before each reply. */
const QUESTION_MS = 2_000
/** A frame that leaves later than this is the generator's fault. */
const LATE_MS = 5
/** Frames whose departure is remembered: 5 s of them. */
const REMEMBERED = 256
/** A whole period of the model's tone is in so many samples, at either rate. */
const LOOKED_AT = 48
/** Softer than the model's tone, louder than what a filter leaves of it. */
const LOUD = 1_000

const speech = Buffer.from(bytesOf(tone(250, FRAME_MS, 16_000, 0.2)))
const silence = Buffer.alloc(FRAME_BYTES)

export interface CallOptions {
  readonly index: number
  readonly url: string
  /** Of what the carrier is sent. */
  readonly rateHz: number
  readonly firstFrameAtMs: number
  readonly firstReplyAtMs: number
}

/** Both ends of one call, the carrier's and the model's, and what is measured between them. */
export class SimulatedCall {
  readonly #index: number
  readonly #carrier: WebSocket
  readonly #bytesPerMs: number
  readonly #departures = new Float64Array(REMEMBERED)
  readonly #watch = new ReplyWatch()
  readonly #closed: Promise<void>
  #model: WebSocket | null = null
  #sequence = 0
  #frameDueAt: number
  #replyDueAt: number
  /** The next line of the reply. */
  #line = 0

  tally: Tally

  constructor ({ index, url, rateHz, firstFrameAtMs, firstReplyAtMs }: CallOptions, tally: Tally) {
    this.#index = index
    this.#bytesPerMs = rateHz * 2 / 1000
    this.#frameDueAt = firstFrameAtMs
    this.#replyDueAt = firstReplyAtMs
    this.tally = tally
    this.#carrier = new WebSocket(url, 'audio.drachtio.org', { perMessageDeflate: false })
    this.#carrier.on('message', (pcm: Buffer, isBinary: boolean) => { if (isBinary) this.#hear(pcm) })
    this.#closed = new Promise(resolve => { this.#carrier.once('close', () => resolve()) })
  }

  /** Both ends are connected. */
  get isUp (): boolean { return this.#carrier.readyState === WebSocket.OPEN && this.#model !== null }

  /** Sends what is due at either end. */
  tick (nowMs: number): void {
    while (this.#frameDueAt <= nowMs) this.#sendFrame()
    while (this.#replyDueAt + REPLY[this.#line]!.atMs <= nowMs) this.#sendLine()
  }

  /** A frame of this call came out at the model's end. */
  arrived (sequence: number, model: WebSocket): void {
    this.#model = model
    this.tally.up.push(performance.now() - this.#departures[sequence % REMEMBERED]!)
  }

  async hangUp (): Promise<void> {
    this.#carrier.close()
    await this.#closed
  }

  #sendFrame (): void {
    const untilReplyMs = this.#replyDueAt - this.#frameDueAt
    const frame = untilReplyMs > 0 && untilReplyMs < QUESTION_MS ? speech : silence
    markFrame(frame, { call: this.#index, sequence: this.#sequence })
    const nowMs = performance.now()
    this.#departures[this.#sequence % REMEMBERED] = nowMs
    if (this.#carrier.readyState === WebSocket.OPEN) this.#carrier.send(frame) // copied, since a client masks what it sends
    this.tally.frames++
    if (nowMs - this.#frameDueAt > LATE_MS) this.tally.lateFrames++
    this.#sequence++
    this.#frameDueAt += FRAME_MS
  }

  #sendLine (): void {
    const { audioMs, frame } = REPLY[this.#line]!
    if (this.#line === 0) this.#watch.reset()
    if (audioMs > 0) this.#watch.sent(audioMs, performance.now())
    this.#model?.send(frame)
    this.#line = (this.#line + 1) % REPLY.length
    if (this.#line === 0) this.#replyDueAt += CYCLE_MS
  }

  #hear (pcm: Buffer): void {
    if (isLoud(pcm)) this.#watch.heard(pcm.length / this.#bytesPerMs, performance.now(), this.tally)
  }
}

/** Speech from its first samples on: no padding at the end of a reply. */
function isLoud (pcm: Buffer): boolean {
  const end = Math.min(pcm.length - 1, LOOKED_AT * 2)
  for (let at = 0; at < end; at += 2) if (Math.abs(pcm.readInt16LE(at)) > LOUD) return true
  return false
}
