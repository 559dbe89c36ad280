import type { WebSocket } from 'ws'
import { PcmFramer } from '@karani/audio'
import { FRAME_MS, KILL_AUDIO, SAMPLE_RATE_HZ } from '@karani/sautikit'

/** A carrier that does not read is sent nothing more until it has caught up: one second of audio. */
const MAX_UNSENT_BYTES = 32_000
/** A peer that sends nothing for a whole interval, not even the answer to a ping, is gone. The carrier's client sends no pings of its own. */
const PING_INTERVAL_MS = 10_000

export interface CarrierLegHandlers {
  /** Caller audio, 20 ms at 16 kHz; a view into the received message. */
  onFrame (frame: Uint8Array): void
  onMetadata (text: string): void
  onUnsent (bytes: number): void
  /** A message that ends in the middle of a sample was dropped whole: half a sample would turn all that follows into noise. */
  onMalformed (): void
  /** A message made a handler throw: it is lost, the call goes on. */
  onFault (err: unknown): void
  /** Once, however the socket ended. */
  onClosed (): void
}

/** The carrier's media socket: bytes in, frames out. Its listeners are attached on construction. */
export class CarrierLeg {
  readonly #socket: WebSocket
  readonly #handlers: CarrierLegHandlers
  readonly #framer = new PcmFramer({ sampleRateHz: SAMPLE_RATE_HZ, frameMs: FRAME_MS })
  readonly #ping: NodeJS.Timeout
  #alive = true
  #open = true

  constructor (socket: WebSocket, handlers: CarrierLegHandlers) {
    this.#socket = socket
    this.#handlers = handlers
    socket.binaryType = 'nodebuffer'
    socket.on('message', (data: Buffer, isBinary: boolean) => { if (this.#open) this.#receive(data, isBinary) })
    socket.on('pong', () => { this.#alive = true })
    socket.on('error', () => { /* 'close' follows */ })
    socket.on('close', () => this.#closed())
    this.#ping = setInterval(() => this.#checkAlive(), PING_INTERVAL_MS)
  }

  /** Audio to play, any even number of bytes; taken as it is, so the bytes must not change afterwards. */
  send (pcm: Uint8Array): void {
    if (!this.#open) return
    if (this.#socket.bufferedAmount > MAX_UNSENT_BYTES) this.#handlers.onUnsent(pcm.byteLength)
    else this.#socket.send(pcm)
  }

  killAudio (): void { if (this.#open) this.#socket.send(KILL_AUDIO) }

  close (): void { if (this.#open) this.#socket.close(1000) }

  #receive (data: Buffer, isBinary: boolean): void {
    this.#alive = true
    if (isBinary && data.length % 2 !== 0) return this.#handlers.onMalformed()
    try {
      if (isBinary) for (const frame of this.#framer.push(data)) this.#handlers.onFrame(frame)
      else this.#handlers.onMetadata(data.toString())
    } catch (err) {
      this.#handlers.onFault(err)
    }
  }

  #checkAlive (): void {
    if (!this.#alive) { this.#socket.terminate(); return }
    this.#alive = false
    this.#socket.ping()
  }

  #closed (): void {
    if (!this.#open) return
    this.#open = false
    clearInterval(this.#ping)
    this.#handlers.onClosed()
  }
}
