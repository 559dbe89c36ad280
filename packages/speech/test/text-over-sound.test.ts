import { concatSamples, Resampler } from '@karani/audio'
import { encodeText, openTextReader, soundsLikeText, synthesize, VOICES } from '@karani/speech'
import fc from 'fast-check'
import t from 'tap'

async function read (samples: Int16Array, chunk: number): Promise<string[]> {
  const reader = await openTextReader()
  const texts: string[] = []
  for (let at = 0; at < samples.length; at += chunk) texts.push(...reader.push(samples.subarray(at, at + chunk)))
  return texts
}

t.test('text arrives exactly, in frames of the telephone or any other chunks', async (t) => {
  const melody = await encodeText('Habari! balance=2000')
  for (const chunk of [320, 640, 1_024, 4_801]) t.same(await read(melody, chunk), ['Habari! balance=2000'])
})

t.test('any text of up to 140 bytes arrives, between silence and after another', async () => {
  await fc.assert(fc.asyncProperty(fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).filter((text) => Buffer.byteLength(text) <= 140 && !text.includes('\0')), fc.nat(3_000), async (text, gap) => {
    const stream = concatSamples([new Int16Array(gap), await encodeText(text), new Int16Array(gap), await encodeText('next')])
    const texts = await read(stream, 320)
    return texts.length === 2 && texts[0] === text && texts[1] === 'next'
  }), { numRuns: 8 })
})

t.test('it survives the way from the model to the phone', async (t) => {
  const resampler = new Resampler({ fromHz: 24_000, toHz: 16_000 })
  const melody = await encodeText('turn 7', 24_000)
  t.same(await read(concatSamples([resampler.push(melody), resampler.flush()]), 320), ['turn 7'])
})

t.test('noise and a lost frame do not harm it', async (t) => {
  const melody = await encodeText('still here')
  let seed = 7
  const noisy = melody.map((sample) => {
    seed = (seed * 16_807) % 2_147_483_647
    return sample + seed % 800 - 400
  })
  t.same(await read(concatSamples([noisy.subarray(0, 8_000), noisy.subarray(8_320)]), 320), ['still here'])
})

t.test('readers do not hear each other', async (t) => {
  const melody = await encodeText('for one')
  const readers = await Promise.all(Array.from({ length: 6 }, () => openTextReader()))
  t.same(readers.map((reader, n) => reader.push(n === 5 ? melody : new Int16Array(melody.length))), [[], [], [], [], [], ['for one']])
})

t.test('it leaves no listeners on the process', async (t) => {
  const count = (): number => process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection')
  const before = count()
  await Promise.all([openTextReader(), openTextReader(), encodeText('x')])
  t.equal(count(), before)
})

t.test('a longer text is an error, not cut', async (t) => {
  await t.rejects(encodeText('x'.repeat(141)), { code: 'SPEECH_TEXT_TOO_LONG' })
  await t.rejects(encodeText('é'.repeat(71)), { code: 'SPEECH_TEXT_TOO_LONG' })
})

t.test('tones are told from every voice, from silence, and through noise', async (t) => {
  const noisy = (samples: Int16Array): Int16Array => samples.map((sample, n) => sample + ((n * 7_919) % 401) - 200)
  for (const text of ['ndio', 'namba ni t r k nne tatu sifuri mimi ni grace maina']) {
    t.equal(soundsLikeText(await encodeText(text)), true)
    t.equal(soundsLikeText(noisy(await encodeText(text))), true)
    t.equal(soundsLikeText(await encodeText(text, 24_000), 24_000), true)
  }
  for (const voice of VOICES) for (const text of ['yes', 'sixty six sixes', 'track parcel TRK-430']) t.equal(soundsLikeText(await synthesize(text, { voice })), false, `${voice}: ${text}`)
  t.equal(soundsLikeText(new Int16Array(16_000)), false)
})
