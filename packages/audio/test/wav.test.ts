import { decodeWav, encodeWav, interleave, wavHeader, bytesOf } from '@karani/audio'
import fc from 'fast-check'
import t from 'tap'

t.test('what is written is read back, any number of channels', async (t) => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.int16Array({ maxLength: 300 }), fc.constantFrom(8_000, 16_000, 24_000), (count, samples, rate) => {
    const channels = Array.from({ length: count }, (_, c) => samples.map((sample) => sample ^ c))
    t.same(decodeWav(encodeWav(channels, rate)), { sampleRateHz: rate, channels })
  }))
})

t.test('a shorter channel ends in silence', async (t) => {
  t.same(decodeWav(encodeWav([Int16Array.of(1, 2, 3), Int16Array.of(9)], 16_000)).channels, [Int16Array.of(1, 2, 3), Int16Array.of(9, 0, 0)])
})

t.test('a file written in pieces, its header last, is the same file', async (t) => {
  const [left, right] = [Int16Array.of(1, 2, 3, 4), Int16Array.of(5, 6, 7, 8)]
  const pieces = [0, 2].map((at) => bytesOf(interleave([left.subarray(at, at + 2), right.subarray(at, at + 2)])))
  const header = wavHeader({ sampleRateHz: 16_000, channelCount: 2, dataBytes: 16 })
  t.same(Buffer.concat([header, ...pieces]), encodeWav([left, right], 16_000))
})

t.test('chunks it does not know are skipped, odd lengths included', async (t) => {
  const wav = encodeWav([Int16Array.of(1, 2)], 8_000)
  const list = Buffer.concat([Buffer.from('LIST'), Buffer.from([3, 0, 0, 0]), Buffer.from('abc\0')])
  t.same(decodeWav(Buffer.concat([wav.subarray(0, 36), list, wav.subarray(36)])).channels, [Int16Array.of(1, 2)])
})

const wav = encodeWav([Int16Array.of(1, 2)], 8_000)
for (const [what, file] of [
  ['an empty file', Buffer.alloc(0)],
  ['something else', Buffer.from('<html>not a sound at all, but long enough for a header</html>')],
  ['a file cut in its samples', wav.subarray(0, -1)],
  ['a file without samples', wav.subarray(0, 36)],
  ['8-bit samples', patched(34, 8)],
  ['a compressed file', patched(20, 85)],
  ['no channels', patched(22, 0)]
] as const) {
  t.test(`${what} is refused with a code`, async (t) => { t.throws(() => decodeWav(file), { code: 'WAV_INVALID' }) })
}

t.test('no bytes whatever make it throw anything else', async () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(60), (noise, at) => {
    try {
      const file = Buffer.from(wav)
      file.set(noise.subarray(0, file.length - Math.min(at, file.length)), Math.min(at, file.length))
      decodeWav(file)
      return true
    } catch (err) {
      return (err as { code?: string }).code === 'WAV_INVALID'
    }
  }))
})

function patched (at: number, value: number): Buffer {
  const file = Buffer.from(wav)
  file.writeUInt16LE(value, at)
  return file
}
