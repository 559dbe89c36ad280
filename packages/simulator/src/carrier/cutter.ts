import { PcmFramer } from '@karani/audio'
import type { CarrierBehaviour } from './carrier-behaviour.ts'

/** Cuts a stream of PCM into the pieces that go out as WebSocket messages: nothing is lost, no piece is late by more than a few frames. */
export class Cutter {
  readonly #framing: CarrierBehaviour['framing']
  readonly #framer: PcmFramer
  readonly #random: () => number
  #held = Buffer.alloc(0)

  /** `samplesPerSecond` counts all channels. */
  constructor (framing: CarrierBehaviour['framing'], samplesPerSecond: number, random: () => number) {
    this.#framing = framing
    this.#framer = new PcmFramer({ sampleRateHz: samplesPerSecond, frameMs: 20 })
    this.#random = random
  }

  push (bytes: Uint8Array): Uint8Array[] {
    if (this.#framing === '20 ms') return this.#framer.push(bytes)
    this.#held = Buffer.concat([this.#held, bytes])
    const unit = this.#framing === 'any even size' ? 2 : 1
    const length = unit * (1 + Math.floor(this.#random() * (this.#held.length / unit - 1)))
    const piece = this.#held.subarray(0, length)
    this.#held = this.#held.subarray(length)
    return piece.length === 0 ? [] : [piece]
  }
}
