import { FRAME_SAMPLES, SAMPLE_RATE_HZ, type Phone } from '../carrier/phone.ts'
import { SILENT_FRAME } from './silent-phone.ts'

/** Plays 16 kHz samples into the microphone once, `afterMs` after the answer; then silence. */
export function recordedPhone (samples: Int16Array, { afterMs = 0 }: { afterMs?: number } = {}): Phone {
  const frames = wholeFrames(samples, afterMs)
  let at = 0
  return {
    tick () {
      if (at >= frames.length) return SILENT_FRAME
      at += FRAME_SAMPLES
      return frames.subarray(at - FRAME_SAMPLES, at)
    }
  }
}

/** The samples after so much silence, filled up to whole frames. */
export function wholeFrames (samples: Int16Array, afterMs = 0): Int16Array {
  const lead = Math.round(afterMs * SAMPLE_RATE_HZ / 1000)
  const frames = new Int16Array(Math.ceil((lead + samples.length) / FRAME_SAMPLES) * FRAME_SAMPLES)
  frames.set(samples, lead)
  return frames
}
