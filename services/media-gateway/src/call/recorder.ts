import { createWriteStream, type WriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { wavHeader } from '@karani/audio'

/** What is held before it is written, in samples: one second. */
const BLOCK_SAMPLES = 16_000
/** How far the clerk's track may run ahead of a caller whose frames stopped: ten seconds. */
const MAX_AHEAD_SAMPLES = 160_000
const SAMPLE_RATE_HZ = 16_000
/** What a disk that does not keep up may leave in memory: half a minute. Beyond it the recording is given up. */
const MAX_UNWRITTEN_BYTES = 30 * 64_000
/** How long the end of a call waits for the disk. */
const CLOSE_MS = 5_000

/**
 * Writes one call as a stereo WAV, caller left, clerk right, 16 kHz. The caller's frames arrive in real time without a
 * gap, so their count is the clock: what is sent to the caller lands where it starts to play, and what a barge-in
 * cancelled is taken out again.
 */
export class Recorder {
  readonly #file: string
  readonly #stream: WriteStream
  #left: Int16Array[] = []
  #leftSamples = 0
  #right: Int16Array[] = []
  #rightSamples = 0
  #written = 0
  #failed = false

  constructor (file: string) {
    this.#file = file
    this.#stream = createWriteStream(file)
    this.#stream.on('error', () => { this.#failed = true })
    this.#stream.write(header(0))
  }

  caller (samples: Int16Array): void {
    this.#left.push(samples.slice())
    this.#leftSamples += samples.length
    if (this.#leftSamples - this.#written >= BLOCK_SAMPLES) this.#write(this.#leftSamples)
  }

  clerk (samples: Int16Array): void {
    const now = this.#leftSamples
    if (this.#rightSamples < now) this.#pushRight(new Int16Array(now - this.#rightSamples))
    this.#pushRight(samples.slice())
    if (this.#rightSamples - this.#written >= MAX_AHEAD_SAMPLES) this.#write(this.#rightSamples)
  }

  /** The carrier dropped what it had not played. */
  cut (): void {
    let excess = this.#rightSamples - Math.max(this.#leftSamples, this.#written)
    while (excess > 0) {
      const last = this.#right.pop()
      if (last === undefined) break
      const kept = last.subarray(0, Math.max(0, last.length - excess))
      this.#rightSamples -= last.length - kept.length
      excess -= last.length - kept.length
      if (kept.length > 0) this.#right.push(kept)
    }
  }

  /** @returns whether the recording is whole on disk */
  async close (): Promise<boolean> {
    this.#write(Math.max(this.#leftSamples, this.#rightSamples))
    if (!await this.#ended() || this.#failed) return false
    const file = await open(this.#file, 'r+')
    try {
      await file.write(header(this.#written), 0, undefined, 0)
    } finally {
      await file.close()
    }
    return true
  }

  /** Whether everything was written in time. */
  async #ended (): Promise<boolean> {
    return await new Promise(resolve => {
      const late = setTimeout(() => { this.#stream.destroy(); resolve(false) }, CLOSE_MS)
      this.#stream.end(() => { clearTimeout(late); resolve(true) })
    })
  }

  #pushRight (samples: Int16Array): void {
    this.#right.push(samples)
    this.#rightSamples += samples.length
  }

  #write (until: number): void {
    const count = until - this.#written
    if (count <= 0) return
    const block = new Int16Array(count * 2)
    this.#left = drain(this.#left, count, block, 0)
    this.#right = drain(this.#right, count, block, 1)
    this.#leftSamples = Math.max(this.#leftSamples, until)
    this.#rightSamples = Math.max(this.#rightSamples, until)
    this.#written = until
    if (this.#stream.writableLength > MAX_UNWRITTEN_BYTES) this.#failed = true
    if (!this.#failed) this.#stream.write(Buffer.from(block.buffer))
  }
}

/** Moves up to `count` samples into every second place of `block`; what is missing stays silence. @returns the rest */
function drain (chunks: Int16Array[], count: number, block: Int16Array, channel: number): Int16Array[] {
  let at = 0
  const rest: Int16Array[] = []
  for (const chunk of chunks) {
    const take = Math.min(chunk.length, count - at)
    for (let i = 0; i < take; i++) block[(at + i) * 2 + channel] = chunk[i]!
    at += take
    if (take < chunk.length) rest.push(chunk.subarray(take))
  }
  return rest
}

const header = (samples: number): Buffer => wavHeader({ sampleRateHz: SAMPLE_RATE_HZ, channelCount: 2, dataBytes: samples * 4 })
