import { bytesOf, interleave, Resampler } from '@karani/audio'
import WebSocket from 'ws'
import { Cutter } from './cutter.ts'
import { deferred } from './deferred.ts'
import { mixInto, type Media } from './media.ts'
import { FRAME_MS, SAMPLE_RATE_HZ } from './phone.ts'
import { Playback, type ReachedMark } from './playback.ts'
import type { SimulatedCall } from './simulated-call.ts'
import { handshakeHeaders, metadataFrames } from './stream-metadata.ts'
import type { VerbOf } from './voice-actions.ts'

/** Offered in the handshake; a server that does not echo it is refused. */
export const SUBPROTOCOL = 'audio.drachtio.org'
const CONNECT_TIMEOUT_MS = 10_000
/** How long a server may take to answer the closing handshake. */
const CLOSE_TIMEOUT_MS = 1_000
/** What is held for a server that is not there yet or reads too slowly; beyond it, all of it is dropped. */
const MAX_BACKLOG_MS = 2_000
/** Longer control messages are dropped unread. */
const MAX_CONTROL_CHARACTERS = 665_000

export interface StreamClosed { readonly by: 'server' | 'carrier', readonly code: number }

/**
 * One media socket: the microphone goes out, what comes back is played. As the call's `media` it listens from the start:
 * what is said before the socket is open goes out as one large first frame.
 */
export class MediaStream implements Media {
  readonly #call: SimulatedCall
  readonly #verb: VerbOf<'stream'>
  readonly #streamId: string
  readonly #playback: Playback
  readonly #resample: { mic: Resampler, played: Resampler } | null
  readonly #cutter: Cutter
  readonly #maxBacklogBytes: number
  readonly #closed = deferred<StreamClosed>()
  #socket: WebSocket | null = null
  #backlog: Uint8Array[] = []
  #backlogBytes = 0
  #overrun = false
  #closing = false

  constructor (call: SimulatedCall, verb: VerbOf<'stream'>, streamId: string, random: () => number) {
    const rateHz = verb.outputSamplingRate ?? SAMPLE_RATE_HZ
    const channels = verb.track === 'both_tracks' && call.behaviour.bothTracks === 'stereo' ? 2 : 1
    const resampler = (): Resampler => new Resampler({ fromHz: SAMPLE_RATE_HZ, toHz: rateHz })
    this.#call = call
    this.#verb = verb
    this.#streamId = streamId
    this.#playback = new Playback({ rateHz: verb.bidirectionalSamplingRate ?? rateHz, preBuffer: call.behaviour.preBuffer })
    this.#resample = rateHz === SAMPLE_RATE_HZ ? null : { mic: resampler(), played: resampler() }
    this.#cutter = new Cutter(call.behaviour.framing, rateHz * channels, random)
    this.#maxBacklogBytes = rateHz * channels * 2 * MAX_BACKLOG_MS / 1000
  }

  /** Resolves once an open socket is closed, by whichever side. */
  get closed (): Promise<StreamClosed> { return this.#closed.promise }

  /** Dials the server. Null when the socket is open and the metadata and backlog are sent, else the reason why not. */
  async open (): Promise<string | null> {
    const { url } = this.#verb
    this.#call.log.add({ type: 'stream-dialled', url })
    const options = { perMessageDeflate: false, handshakeTimeout: CONNECT_TIMEOUT_MS, closeTimeout: CLOSE_TIMEOUT_MS, headers: handshakeHeaders(this.#call, this.#verb) }
    const socket = new WebSocket(url, [SUBPROTOCOL], options)
    const outcome = deferred<string | null>()
    socket.on('open', () => {
      this.#begin(socket)
      outcome.resolve(null)
    })
    socket.on('error', err => outcome.resolve(err.message))
    socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary))
    socket.on('close', code => this.#onClose(code))
    return await outcome.promise
  }

  /** With 1000, as at hang-up. */
  async close (): Promise<void> {
    this.#closing = true
    this.#socket?.close(1000)
    await this.closed
  }

  /** Without a closing handshake: the server sees 1006. */
  async cut (): Promise<void> {
    this.#closing = true
    this.#socket?.terminate()
    await this.closed
  }

  play (frame: Int16Array): void {
    this.#report(this.#playback.play(frame))
  }

  take (mic: Int16Array, played: Int16Array): void {
    this.#call.usage.streamedMs += FRAME_MS
    const bytes = bytesOf(this.#track(mic, played))
    if (this.#socket === null) this.#hold(bytes)
    else if (this.#socket.readyState === WebSocket.OPEN) this.#send(this.#socket, bytes)
  }

  #begin (socket: WebSocket): void {
    this.#socket = socket
    this.#call.log.add({ type: 'stream-opened' })
    for (const text of metadataFrames(this.#call, this.#verb, this.#streamId)) this.#sendText(text)
    if (this.#backlogBytes > 0) {
      this.#call.log.add({ type: 'backlog-sent', bytes: this.#backlogBytes })
      socket.send(Buffer.concat(this.#backlog))
    }
    this.#backlog = []
  }

  /** The leg or legs that the stream was asked to carry, at its rate. */
  #track (mic: Int16Array, played: Int16Array): Int16Array {
    const both = this.#verb.track === 'both_tracks'
    const a = this.#resample?.mic.push(mic) ?? mic
    if (!both && this.#verb.track !== 'outbound_track') return a
    const b = this.#resample?.played.push(played) ?? played
    if (!both) return b
    if (this.#call.behaviour.bothTracks === 'stereo') return interleave([a, b])
    const mixed = a.slice()
    mixInto(mixed, b)
    return mixed
  }

  #hold (bytes: Uint8Array): void {
    if (this.#backlogBytes + bytes.length > this.#maxBacklogBytes) {
      this.#backlog = []
      this.#backlogBytes = 0
      this.#noteOverrun()
    }
    this.#backlog.push(bytes.slice())
    this.#backlogBytes += bytes.length
  }

  #send (socket: WebSocket, bytes: Uint8Array): void {
    if (socket.bufferedAmount > this.#maxBacklogBytes) return this.#noteOverrun()
    this.#overrun = false
    for (const piece of this.#cutter.push(bytes)) socket.send(piece)
  }

  #noteOverrun (): void {
    if (!this.#overrun) this.#call.log.add({ type: 'overrun' })
    this.#overrun = true
  }

  #receive (data: Buffer, isBinary: boolean): void {
    if (!isBinary) return this.#control(data.toString())
    if (this.#call.setup.keepAudio) this.#call.log.add({ type: 'audio-received', bytes: data.length })
    this.#playback.push(new Uint8Array(data.buffer, data.byteOffset, data.length)) // not as a Buffer, whose slice() is a view
  }

  #control (text: string): void {
    const { log, behaviour: { honours } } = this.#call
    log.add({ type: 'text-received', text })
    const message = text.length > MAX_CONTROL_CHARACTERS ? null : readControl(text)
    if (message === null) return log.add({ type: 'fault', what: 'a control message is no JSON object with a type, or too long' })
    switch (message.type) {
      case 'killAudio': return honours.killAudio ? this.#kill() : undefined
      case 'mark': return honours.mark ? this.#mark(message.data?.name) : undefined
      case 'clearMarks': return honours.clearMarks ? this.#playback.clearMarks() : undefined
      case 'disconnect': return honours.disconnect ? this.#call.finish('carrier', 'normal_clearing') : undefined
      default: log.add({ type: 'fault', what: `a control message of unknown type '${message.type}'` })
    }
  }

  #kill (): void {
    const beforeMs = this.#playback.queuedMs
    const cleared = this.#playback.kill()
    this.#call.noteKill(beforeMs - this.#playback.queuedMs)
    this.#report(cleared)
  }

  #mark (name: unknown): void {
    if (typeof name !== 'string' || !this.#playback.mark(name)) this.#call.log.add({ type: 'fault', what: 'a mark without a name, or one too many' })
  }

  #report (marks: readonly ReachedMark[]): void {
    for (const { name, event } of marks) this.#sendText(JSON.stringify({ type: 'mark', data: { name, event } }))
  }

  #sendText (text: string): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    this.#call.log.add({ type: 'text-sent', text })
    this.#socket.send(text)
  }

  #onClose (code: number): void {
    if (this.#socket === null) return
    const closed: StreamClosed = { by: this.#closing ? 'carrier' : 'server', code }
    this.#call.log.add({ type: 'stream-closed', ...closed })
    this.#closed.resolve(closed)
  }
}

function readControl (text: string): { type: string, data?: { name?: unknown } } | null {
  try {
    const message = JSON.parse(text) as { type?: unknown } | null
    return typeof message?.type === 'string' ? message as { type: string, data?: { name?: unknown } } : null
  } catch {
    return null
  }
}
