import { SpeechError } from './errors.ts'
import type { FliteRequest } from './flite-worker.ts'
import { SpeechCache } from './speech-cache.ts'
import { spokenText } from './spoken-text.ts'
import { WorkerLine } from './worker-line.ts'

/** Flite's voices: `slt` is a woman (US), `rms` and `kal` are men (US), `awb` is a man (Scottish). */
export const VOICES = ['slt', 'rms', 'awb', 'kal'] as const
export type Voice = typeof VOICES[number]

export const SPEECH_RATE_HZ = 16_000

export interface SpeechOptions {
  /** `slt`, when left out. */
  readonly voice?: Voice
  /** How long each sound lasts: 1 is Flite's own tempo, which is a reader's; 0.75, when left out, is that of a brisk talk, and recognised best. */
  readonly stretch?: number
}

const MAX_CHARACTERS = 1_000
/** Flite puts about 0.2 s of silence around every utterance. This much of it stays: the pause between two sentences. */
const LEAD_IN = SPEECH_RATE_HZ * 0.02
const LEAD_OUT = SPEECH_RATE_HZ * 0.1
const AUDIBLE = 100

const worker = new WorkerLine<FliteRequest, Int16Array>('flite-worker', { maxWaiting: 100 })
const cache = new SpeechCache({ maxSamples: 300 * SPEECH_RATE_HZ })

/**
 * Speaks English text, 16 kHz mono. Written amounts and references are read as people say them (see `spokenText`).
 * Takes 15 to 30 ms per second of speech, in a worker thread; what was said lately is remembered. The samples are shared: do not write to them.
 * @throws SpeechError SPEECH_TEXT_TOO_LONG beyond 1,000 characters, SPEECH_QUEUE_FULL, SPEECH_WORKER_FAILED
 */
export async function synthesize (text: string, { voice = 'slt', stretch = 0.75 }: SpeechOptions = {}): Promise<Int16Array> {
  if (text.length > MAX_CHARACTERS) throw new SpeechError('SPEECH_TEXT_TOO_LONG', `${text.length} characters are more than ${MAX_CHARACTERS}`)
  return cache.get(`${voice} ${stretch} ${text}`, async () => {
    const spoken = spokenText(text).replaceAll('\0', ' ')
    const samples = await worker.ask({ text: spoken, voice: voice === 'kal' ? 'kal16' : voice, stretch })
    const isAudible = (sample: number): boolean => Math.abs(sample) > AUDIBLE
    return samples.subarray(Math.max(0, samples.findIndex(isAudible) - LEAD_IN), samples.findLastIndex(isAudible) + LEAD_OUT)
  })
}
