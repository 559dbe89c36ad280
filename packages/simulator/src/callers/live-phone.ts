import { FRAME_SAMPLES, SAMPLE_RATE_HZ, type Phone } from '../carrier/phone.ts'
import { SampleQueue } from '../carrier/sample-queue.ts'

/** What is spoken into the phone faster than real time waits; beyond this it is refused. */
const MAX_WAITING_S = 60

export interface LivePhone extends Phone {
  /** Speaks 16 kHz samples after what was said before. False, and nothing said, when a minute is waiting already. */
  speak (samples: Int16Array): boolean
  hangUp (): void
}

/** A phone in the hand of somebody outside: what is heard goes to `onHeard` every 20 ms (valid during the call), what they say is pushed in. */
export function livePhone ({ onHeard = () => {} }: { onHeard?: (heard: Int16Array) => void } = {}): LivePhone {
  const waiting = new SampleQueue()
  const frame = new Int16Array(FRAME_SAMPLES)
  let down = false
  return {
    tick (heard) {
      onHeard(heard)
      frame.fill(0)
      waiting.shiftInto(frame)
      return frame
    },
    speak (samples) {
      if (waiting.length + samples.length > MAX_WAITING_S * SAMPLE_RATE_HZ) return false
      waiting.push(samples)
      return true
    },
    hangUp () { down = true },
    get hungUp () { return down }
  }
}
