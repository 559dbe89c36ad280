import type { WebSocket } from 'ws'
import type { GeminiBehaviour } from './behaviour.ts'
import type { Mishap } from './brain.ts'

/** A close reason holds so many bytes; longer texts arrive cut. */
const MAX_REASON_BYTES = 123

/**
 * The sending side of one connection: what it is asked to send after its end, or after a stall, is dropped.
 * It never compresses, even where that was agreed: base64 of speech does not shrink enough to be worth it.
 */
export class Wire {
  readonly #socket: WebSocket
  readonly #binary: boolean
  readonly #maxUnsentBytes: number
  #mute = false

  constructor (socket: WebSocket, { frames, maxUnsentBytes }: GeminiBehaviour) {
    this.#socket = socket
    this.#binary = frames === 'binary'
    this.#maxUnsentBytes = maxUnsentBytes
  }

  get open (): boolean { return this.#socket.readyState === this.#socket.OPEN }

  /** A client that does not read is dropped (1006) once `maxUnsentBytes` wait for it. */
  send (json: string): void {
    if (this.#mute || !this.open) return
    if (this.#socket.bufferedAmount > this.#maxUnsentBytes) this.#socket.terminate()
    else this.#socket.send(json, { binary: this.#binary, compress: false })
  }

  close (code: number, reason: string): void {
    this.#mute = true
    this.#socket.close(code, cut(reason))
  }

  suffer (mishap: Mishap): void {
    switch (mishap.do) {
      case 'drop': return this.#socket.terminate()
      case 'close': return this.close(mishap.code, mishap.reason)
      case 'stall': this.#mute = true; return
      case 'send': if (!this.#mute && this.open) this.#socket.send(mishap.data, { compress: false })
    }
  }
}

/** The longest beginning of `reason` that fits, without half a character at its end. */
function cut (reason: string): Buffer {
  const bytes = Buffer.from(reason)
  let end = Math.min(bytes.length, MAX_REASON_BYTES)
  while (end < bytes.length && (bytes[end]! & 0xc0) === 0x80) end--
  return bytes.subarray(0, end)
}
