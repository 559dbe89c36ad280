import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE_HZ, type Phone } from '../carrier/phone.ts'
import { SILENT_FRAME } from './silent-phone.ts'

/** A continuous sine from `afterMs` after the answer, for `forMs`, in whole frames. */
export function tonePhone (hz: number, { afterMs = 0, forMs = Infinity, amplitude = 0.3 }: { afterMs?: number, forMs?: number, amplitude?: number } = {}): Phone {
  const frame = new Int16Array(FRAME_SAMPLES)
  let ms = 0
  let n = 0
  return {
    tick () {
      const sounding = ms >= afterMs && ms < afterMs + forMs
      ms += FRAME_MS
      if (!sounding) return SILENT_FRAME
      for (let i = 0; i < frame.length; i++) frame[i] = Math.round(amplitude * 32_767 * Math.sin(2 * Math.PI * hz * n++ / SAMPLE_RATE_HZ))
      return frame
    }
  }
}
