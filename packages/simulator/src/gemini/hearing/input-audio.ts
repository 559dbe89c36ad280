import { Resampler, samplesOf } from '@karani/audio'
import type { Media } from '../messages/content-schemas.ts'
import type { GeminiBehaviour } from '../behaviour.ts'
import { invalid } from '../messages/refusal.ts'

const MODEL_HZ = 16_000

/** Turns the `audio` of `realtimeInput` into samples of 16 kHz, interpreting it at the rate it declares (16 kHz when it declares none). */
export class InputAudio {
  readonly #rates: GeminiBehaviour['inputRates']
  #mimeType: string | undefined
  #resampler: Resampler | null = null

  constructor (rates: GeminiBehaviour['inputRates']) {
    this.#rates = rates
  }

  /** @throws Refusal 1007 when it is not PCM of whole samples in base64 */
  decode ({ data = '', mimeType = 'audio/pcm' }: Media): Int16Array {
    if (mimeType !== this.#mimeType) this.#declare(mimeType)
    const bytes = Buffer.from(data, 'base64')
    if (bytes.length !== decodedLength(data)) throw invalid("Invalid value at 'realtime_input.audio.data' (TYPE_BYTES), Base64 decoding failed.")
    if (bytes.length % 2 !== 0) throw invalid('Request contains an invalid argument.')
    const samples = samplesOf(bytes)
    return this.#resampler === null ? samples : this.#resampler.push(samples)
  }

  #declare (mimeType: string): void {
    const [type = '', ...parameters] = mimeType.split(';')
    if (type.trim().toLowerCase() !== 'audio/pcm') throw invalid(`Audio content type ${type} is not supported.`)
    const rate = parameters.map((parameter) => /^\s*rate=(\d{4,6})\s*$/i.exec(parameter)?.[1]).find((digits) => digits !== undefined)
    const hz = rate === undefined ? MODEL_HZ : Number(rate)
    if (hz !== MODEL_HZ && this.#rates === '16000-only') {
      throw invalid('Error when processing input audio, please check if the input audio is in valid format: 16khz s16le pcm, mono channel.')
    }
    this.#resampler = hz === MODEL_HZ ? null : new Resampler({ fromHz: hz, toHz: MODEL_HZ })
    this.#mimeType = mimeType
  }
}

/** How many bytes well-formed base64 of this length stands for; a decoder that met foreign characters gives fewer. */
function decodedLength (base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  return Math.floor((base64.length - padding) * 3 / 4)
}
