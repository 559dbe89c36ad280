import { samplesIn } from '@karani/audio'
import createGgwave, { type Ggwave } from 'ggwave'
import { SpeechError } from './errors.ts'

/** ggwave cuts longer messages without a word. */
const MAX_BYTES = 140
const LAST_RESORT_EVENTS = ['uncaughtException', 'unhandledRejection'] as const
/** Of 100. Loud enough for noise, quiet enough not to clip when mixed. */
const VOLUME = 25
/** ggwave hears nothing when it is fed the 320 samples of a telephone frame. */
const BLOCK = 1_024

/**
 * Exact text as a melody of 1.2 s and about 0.1 s per character, for tests that must know what arrived without recognising speech.
 * Survives resampling between 16 and 24 kHz, noise and a few lost frames; not 8 kHz. Ends in 0.2 s of silence, so that a reader is done with it.
 * @throws SpeechError SPEECH_TEXT_TOO_LONG beyond 140 bytes of UTF-8
 */
export async function encodeText (text: string, sampleRateHz = 16_000): Promise<Int16Array> {
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_BYTES) throw new SpeechError('SPEECH_TEXT_TOO_LONG', `${bytes} bytes are more than ${MAX_BYTES}`)
  const { ggwave, instance } = await openGgwave(sampleRateHz)
  const melody = ggwave.encode(instance, text, ggwave.ProtocolId.GGWAVE_PROTOCOL_AUDIBLE_NORMAL, VOLUME)
  const samples = new Int16Array(melody.length / 2 + samplesIn(200, sampleRateHz))
  new Int8Array(samples.buffer).set(melody)
  return samples
}

/** Tones begin at 1,875 Hz; of a voice at least half is below this. */
const BELOW_TONES_HZ = 800
const MOST_OF_TONES = 0.1

/** Are these tones of `encodeText`, rather than a voice? Far cheaper than to listen to either. */
export function soundsLikeText (samples: Int16Array, sampleRateHz = 16_000): boolean {
  const step = 1 - Math.exp(-2 * Math.PI * BELOW_TONES_HZ / sampleRateHz)
  let [once, twice, low, all] = [0, 0, 0, 0]
  for (const sample of samples) {
    once += step * (sample - once)
    twice += step * (once - twice)
    low += twice * twice
    all += sample * sample
  }
  return all > 0 && low < MOST_OF_TONES * all
}

/** Listens for texts of `encodeText` in a stream. */
export interface TextReader {
  /** The texts that ended in these samples; any number of samples. */
  push (samples: Int16Array): string[]
}

export async function openTextReader (sampleRateHz = 16_000): Promise<TextReader> {
  const { ggwave, instance } = await openGgwave(sampleRateHz)
  const block = new Int16Array(BLOCK)
  const blockBytes = new Int8Array(block.buffer)
  let filled = 0

  return {
    push (samples) {
      const texts: string[] = []
      for (let at = 0; at < samples.length;) {
        const part = samples.subarray(at, at + BLOCK - filled)
        block.set(part, filled)
        filled += part.length
        at += part.length
        if (filled < BLOCK) break
        filled = 0
        const message = ggwave.decode(instance, blockBytes)
        if (message.length > 0) texts.push(Buffer.from(message).toString())
      }
      return texts
    }
  }
}

/** A module of its own each time: one has room for four instances only, and keeps what they heard. */
async function openGgwave (sampleRateHz: number): Promise<{ ggwave: Ggwave, instance: number }> {
  const ggwave = await leavingListeners(() => createGgwave({ print () {}, printErr () {} }))
  ggwave.disableLog()
  const instance = ggwave.init({
    ...ggwave.getDefaultParameters(),
    sampleRateInp: sampleRateHz,
    sampleRateOut: sampleRateHz,
    sampleFormatInp: ggwave.SampleFormat.GGWAVE_SAMPLE_FORMAT_I16,
    sampleFormatOut: ggwave.SampleFormat.GGWAVE_SAMPLE_FORMAT_I16
  })
  return { ggwave, instance }
}

/** The start code of a module adds listeners of last resort to the process, which are not its to add. */
async function leavingListeners<T> (start: () => Promise<T>): Promise<T> {
  const before = LAST_RESORT_EVENTS.map((event) => process.listeners(event as 'uncaughtException'))
  const started = await start()
  LAST_RESORT_EVENTS.forEach((event, n) => {
    for (const listener of process.listeners(event as 'uncaughtException')) if (!before[n]!.includes(listener)) process.off(event, listener)
  })
  return started
}
