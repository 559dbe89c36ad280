import type { GeminiBehaviour } from '../behaviour.ts'

/** 24 kHz, 16 bits. */
const BYTES_PER_MS = 48

/** The sizes and instants of the audio pieces of one turn, and how long the caller will be listening to them. */
export class SpeechPacing {
  readonly #speed: number
  readonly #chunkBytes: readonly number[]
  #chunks = 0
  #bytes = 0
  #startedMs: number | null = null

  constructor ({ speed, chunkBytes }: Pick<GeminiBehaviour, 'speed' | 'chunkBytes'>) {
    this.#speed = speed
    this.#chunkBytes = chunkBytes
  }

  get audioMs (): number { return this.#bytes / BYTES_PER_MS }

  get nextBytes (): number { return this.#chunkBytes[Math.min(this.#chunks, this.#chunkBytes.length - 1)] ?? Infinity }

  /** How long the next piece has to wait. */
  waitMs (nowMs: number): number {
    return this.#startedMs === null ? 0 : this.#startedMs + this.audioMs / this.#speed - nowMs
  }

  sent (bytes: number, nowMs: number): void {
    this.#startedMs ??= nowMs
    this.#chunks++
    this.#bytes += bytes
  }

  /** What is left to hear, for a caller who began to listen when the first piece was sent. */
  playbackMs (nowMs: number): number {
    return this.#startedMs === null ? 0 : this.#startedMs + this.audioMs - nowMs
  }
}

export const speechMs = (bytes: number): number => bytes / BYTES_PER_MS
