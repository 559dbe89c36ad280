/** Telephone audio in this simulator: 16 kHz, mono, 20 ms at a time. */
export const SAMPLE_RATE_HZ = 16_000
export const FRAME_MS = 20
export const FRAME_SAMPLES = SAMPLE_RATE_HZ * FRAME_MS / 1000

/**
 * The device in somebody's hand. Once answered it is driven every 20 ms: it plays `heard` and returns what its microphone
 * picks up, both of 320 samples. `heard` is only valid during the call, and so may be what it returns.
 */
export interface Phone {
  tick (heard: Int16Array): Int16Array
  /** True once whoever holds it has hung up: read after every tick. */
  readonly hungUp?: boolean
}

/** What happens when the carrier rings a number: a member of staff on a Dial, the called party of an outbound call. */
export type Pickup =
  | { does: 'answer', phone: Phone, afterMs?: number }
  | { does: 'busy', afterMs?: number }
  | { does: 'ring out' }

/** Decides anew each time the number is rung; one that rejects rings out. */
export type Subscriber = (call: { from: string, to: string }) => Pickup | Promise<Pickup>
