import { WavInvalidError } from './errors.ts'
import { bytesOf, samplesOf } from './samples.ts'

const HEADER_BYTES = 44
const PCM = 1
const EXTENSIBLE = 0xfffe

export interface Wav {
  readonly sampleRateHz: number
  /** One array per channel, of equal length. */
  readonly channels: Int16Array[]
}

/** A whole 16-bit PCM WAV file. A shorter channel ends in silence. */
export function encodeWav (channels: readonly Int16Array[], sampleRateHz: number): Buffer {
  const body = bytesOf(interleave(channels))
  return Buffer.concat([wavHeader({ sampleRateHz, channelCount: channels.length, dataBytes: body.length }), body])
}

/**
 * The 44 bytes in front of `dataBytes` of interleaved samples. A file that is written while the call runs
 * begins with the header of an empty one and gets the true one, of the same length, at the end.
 */
export function wavHeader ({ sampleRateHz, channelCount, dataBytes }: { sampleRateHz: number, channelCount: number, dataBytes: number }): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('RIFF', 0)
  header.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(PCM, 20)
  header.writeUInt16LE(channelCount, 22)
  header.writeUInt32LE(sampleRateHz, 24)
  header.writeUInt32LE(sampleRateHz * channelCount * 2, 28)
  header.writeUInt16LE(channelCount * 2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(dataBytes, 40)
  return header
}

/** Channels side by side, as a WAV file holds them. A shorter channel ends in silence. */
export function interleave (channels: readonly Int16Array[]): Int16Array {
  const count = channels.length
  const samples = new Int16Array(Math.max(0, ...channels.map((channel) => channel.length)) * count)
  channels.forEach((channel, c) => {
    for (let n = 0; n < channel.length; n++) samples[n * count + c] = channel[n]!
  })
  return samples
}

/**
 * Reads a 16-bit PCM WAV file of any number of channels.
 * @throws WavInvalidError
 */
export function decodeWav (file: Uint8Array): Wav {
  const buffer = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (buffer.toString('latin1', 0, 4) !== 'RIFF' || buffer.toString('latin1', 8, 12) !== 'WAVE') throw new WavInvalidError('not a RIFF/WAVE file')
  const format = chunk(buffer, 'fmt ')
  if (format.length < 16) throw new WavInvalidError('the fmt chunk is too short')
  const [codec, channelCount, sampleRateHz, bits] = [format.readUInt16LE(0), format.readUInt16LE(2), format.readUInt32LE(4), format.readUInt16LE(14)]
  if ((codec !== PCM && codec !== EXTENSIBLE) || bits !== 16) throw new WavInvalidError(`only 16-bit PCM can be read, not codec ${codec} with ${bits} bits`)
  if (channelCount === 0 || sampleRateHz === 0) throw new WavInvalidError('no channels, or no sample rate')
  const samples = samplesOf(chunk(buffer, 'data'))
  const length = Math.floor(samples.length / channelCount)
  return { sampleRateHz, channels: Array.from({ length: channelCount }, (_, c) => Int16Array.from({ length }, (_, n) => samples[n * channelCount + c]!)) }
}

/** The body of the first chunk of that name. Chunks are padded to an even length. */
function chunk (file: Buffer, name: string): Buffer {
  for (let at = 12; at + 8 <= file.length;) {
    const length = file.readUInt32LE(at + 4)
    if (file.toString('latin1', at, at + 4) === name) {
      if (at + 8 + length > file.length) throw new WavInvalidError(`the ${name.trim()} chunk is cut short`)
      return file.subarray(at + 8, at + 8 + length)
    }
    at += 8 + length + length % 2
  }
  throw new WavInvalidError(`no ${name.trim()} chunk`)
}
