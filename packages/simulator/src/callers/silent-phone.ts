import { FRAME_SAMPLES, type Phone } from '../carrier/phone.ts'

export const SILENT_FRAME: Int16Array = new Int16Array(FRAME_SAMPLES)

/** Somebody who listens and says nothing. */
export function silentPhone (): Phone {
  return { tick: () => SILENT_FRAME }
}
