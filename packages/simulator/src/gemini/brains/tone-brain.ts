import { tone } from '@karani/audio'
import type { CreateBrain, Speech } from '../brain.ts'

export interface Tone {
  readonly hz: number
  readonly ms: number
  /** Parts of full scale, default 0.5. */
  readonly amplitude?: number
  readonly text?: string
}

/** A tone as the model says it: 24 kHz. */
export function toneSpeech ({ hz, ms, amplitude, text }: Tone): Speech {
  return { audio: tone(hz, ms, 24_000, amplitude), ...(text !== undefined && { text }) }
}

/** Answers whatever the caller says with the same tone. */
export function toneBrain (answer: Tone): CreateBrain {
  const speech = toneSpeech(answer)
  return () => ({ onSpeechEnd: async (turn) => await turn.say(speech) })
}
