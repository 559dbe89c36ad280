import { SAMPLE_RATE_HZ } from '../carrier/phone.ts'

/** Above this little of a voice is left: its melody, and no consonant. */
const CUT_OFF_HZ = 230
const POLES = 4
/** As loud as it was, about. */
const GAIN = 2

/** Speech as through a hand over the mouth: 16 kHz samples, as many as there were. */
export function mumble (speech: Int16Array): Int16Array {
  const step = 1 - Math.exp(-2 * Math.PI * CUT_OFF_HZ / SAMPLE_RATE_HZ)
  let muffled = Float64Array.from(speech)
  for (let pole = 0; pole < POLES; pole++) {
    let level = 0
    muffled = muffled.map(sample => {
      level += step * (sample - level)
      return level
    })
  }
  return Int16Array.from(muffled, sample => Math.round(Math.max(-32_768, Math.min(32_767, sample * GAIN))))
}
