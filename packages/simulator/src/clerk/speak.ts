import { Resampler } from '@karani/audio'
import { SPEECH_RATE_HZ, synthesize, type Voice } from '@karani/speech'

/** The rate of Gemini's voices. */
const VOICE_RATE_HZ = 24_000

/** As in the recorded clips: who opened the call goes on. */
const VOICE: Voice = 'slt'

/** Speech of `text` at 24 kHz, sentence by sentence: the first can leave while the next is still in the making. */
export async function * speak (text: string): AsyncGenerator<Int16Array> {
  const resampler = new Resampler({ fromHz: SPEECH_RATE_HZ, toHz: VOICE_RATE_HZ })
  for (const sentence of text.split(/(?<=[.?!]) +/)) yield resampler.push(await synthesize(sentence, { voice: VOICE }))
  yield resampler.flush()
}
