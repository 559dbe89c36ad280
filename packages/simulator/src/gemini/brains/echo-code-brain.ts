import { dominantHz } from '@karani/audio'
import type { CreateBrain } from '../brain.ts'
import { toneSpeech } from './tone-brain.ts'

const LONGEST_LOOK = 16_000

/** The pitch that answers a tone of `hz`. */
export const echoHz = (hz: number): number => Math.round(hz / 10) * 10 * 1.3

/**
 * Answers a tone with another tone whose pitch tells which one was heard, rounded to 10 Hz: two calls with distinct tones that
 * each hear their own echo were never mixed up.
 */
export function echoCodeBrain ({ ms }: { ms: number }): CreateBrain {
  return () => ({
    onSpeechEnd: async (turn, { samples }) => {
      const middle = Math.max(0, (samples.length - LONGEST_LOOK) / 2)
      await turn.say(toneSpeech({ hz: echoHz(dominantHz(samples.subarray(middle, middle + LONGEST_LOOK), 16_000)), ms }))
    }
  })
}
