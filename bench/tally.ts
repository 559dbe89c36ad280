/** What was measured in one window. Times are milliseconds. */
export interface Tally {
  /** A caller's frame: from the carrier's socket to the model's. */
  up: number[]
  /** A reply: from the model's first audio to the first of it at the carrier. */
  down: number[]
  /** The same from the audio that completed the lead. Nothing where the first audio was passed on sooner. */
  downWithLead: number[]
  /** Between pieces of a reply at the carrier: how far their distance is from the duration of the first of the two. */
  jitter: number[]
  frames: number
  /** Frames that the generator itself sent too late. */
  lateFrames: number
}

export function emptyTally (): Tally {
  return { up: [], down: [], downWithLead: [], jitter: [], frames: 0, lateFrames: 0 }
}
