import { concatSamples, decodeWav, Resampler } from '@karani/audio'
import { SAMPLE_RATE_HZ } from './phone.ts'

/** About how long a voice takes. */
const MS_PER_CHARACTER = 60
const LOAD_TIMEOUT_MS = 10_000

/** Silence, as long as saying the text would take. */
export async function silentSpeech (text: string): Promise<Int16Array> {
  return new Int16Array(text.length * MS_PER_CHARACTER * SAMPLE_RATE_HZ / 1000)
}

/** The first channel of a WAV file on the web, at the rate of the line. */
export async function loadWav (url: string): Promise<Int16Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(LOAD_TIMEOUT_MS) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  const { sampleRateHz, channels: [first] } = decodeWav(new Uint8Array(await response.arrayBuffer()))
  const resampler = new Resampler({ fromHz: sampleRateHz, toHz: SAMPLE_RATE_HZ })
  return concatSamples([resampler.push(first!), resampler.flush()])
}
