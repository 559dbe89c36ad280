import type { Voice } from '@karani/speech'
import type { Step } from '../scripted-phone.ts'

/** A caller of one line, as data. */
export interface Scenario {
  /** Unique within its line. */
  readonly id: string
  /** The agent of the line. */
  readonly line: 'lender' | 'courier' | 'restaurant' | 'support'
  /** What happens, in one sentence. */
  readonly title: string
  /** E.164: who the business takes the caller for. */
  readonly from: string
  readonly steps: readonly Step[]
}

/** Not the clerk's. */
export const CALLER_VOICE: Voice = 'rms'

/** The demo records know this number: loan LN-1001, national ID ending in 4821, born in 1990, parcel TRK-427. */
export const AMINA = '+254712345678'
/** The demo records do not know this number. */
export const STRANGER = '+254798000000'

/** People answer a fifth of a second after the other has stopped. No pause between two sentences of the clerk is that long. */
const QUIET_MS = 220

/** The opening lasts four seconds; the end of its first sentence is not its end. */
export const LISTEN_TO_OPENING: Step = { wait: 'clerk finished', spokenMs: 3_000, quietMs: QUIET_MS }
/** A sentence or more, but not the "One moment." before it. */
export const LISTEN: Step = { wait: 'clerk finished', spokenMs: 800, quietMs: QUIET_MS }

export const say = (text: string): Step => ({ say: text })
/** What the clerk's recogniser has no words for: it gets the text itself. */
export const sayExactly = (text: string): Step => ({ say: text, asTones: true })

/** What the clerk hears badly, and asks for again. */
export const mumble = (text: string): Step => ({ say: text, mumbled: true })

/** The last words. The clerk says goodbye too, and hangs up; a caller who waits for that in vain does it themselves. */
export const leave = (text = 'goodbye', speak = say): readonly Step[] => [speak(text), { wait: 'clerk finished', quietMs: 2_500, timeoutMs: 6_000 }, { hangUp: true }]
