import { bytesOf, PcmFramer, samplesOf } from '@karani/audio'
import fc from 'fast-check'
import t from 'tap'

t.test('frames are the stream, cut evenly, however it arrives', async () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 2_000 }), { maxLength: 12 }), (chunks) => {
    const framer = new PcmFramer({ sampleRateHz: 16_000, frameMs: 20 })
    const frames = chunks.flatMap((chunk) => framer.push(chunk))
    const stream = Buffer.concat(chunks)
    return frames.every((frame) => frame.length === 640) &&
      frames.length === Math.floor(stream.length / 640) &&
      Buffer.concat(frames).equals(stream.subarray(0, frames.length * 640))
  }))
})

t.test('a chunk that ends in the middle of a sample shifts nothing', async (t) => {
  const framer = new PcmFramer({ sampleRateHz: 16_000, frameMs: 20 })
  const stream = bytesOf(Int16Array.from({ length: 320 }, (_, n) => n * 100 - 16_000))
  t.same(framer.push(stream.subarray(0, 11)), [])
  const [frame] = framer.push(stream.subarray(11))
  t.same(samplesOf(frame!), samplesOf(stream))
})

t.test('a whole frame is passed on without a copy', async (t) => {
  const chunk = new Uint8Array(640)
  const [frame] = new PcmFramer({ sampleRateHz: 16_000, frameMs: 20 }).push(chunk)
  t.equal(frame!.buffer, chunk.buffer)
})

t.test('a reset forgets the remainder', async (t) => {
  const framer = new PcmFramer({ sampleRateHz: 8_000, frameMs: 20 })
  framer.push(new Uint8Array(319).fill(9))
  framer.reset()
  t.same(framer.push(new Uint8Array(320)), [new Uint8Array(320)])
})

t.test('a frame of a fraction of a sample is refused', async (t) => {
  t.throws(() => new PcmFramer({ sampleRateHz: 11_025, frameMs: 1 }), RangeError)
  t.throws(() => new PcmFramer({ sampleRateHz: 16_000, frameMs: 0 }), RangeError)
})

t.test('samples are views of bytes, copied only from an odd address', async (t) => {
  const bytes = Uint8Array.of(1, 0, 2, 0, 3)
  t.same(samplesOf(bytes), Int16Array.of(1, 2))
  t.equal(samplesOf(bytes).buffer, bytes.buffer)
  t.same(samplesOf(bytes.subarray(1)), Int16Array.of(512, 768))
})
