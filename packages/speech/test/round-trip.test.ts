import { concatSamples, Resampler, rms } from '@karani/audio'
import { recognise, synthesize, VOICES } from '@karani/speech'
import t from 'tap'

const GRAMMAR = `#JSGF V1.0;
grammar phone;
public <phrase> = [hello | yes] <intent> [please];
<intent> = what is my balance | can i pay <amount> on <day> | i want to speak to a person | where is my parcel
  | it is <digit> <digit> <digit> <digit> | nineteen ninety | no thank you goodbye | please say that again | yes | two chicken burgers;
<amount> = (two | five) hundred [shillings] | two thousand [shillings];
<day> = monday | tuesday | friday | tomorrow;
<digit> = zero | one | two | three | four | five | six | seven | eight | nine;
`

const PHRASES = [
  'what is my balance', 'can i pay five hundred on friday', 'can i pay two thousand shillings tomorrow', 'i want to speak to a person',
  'where is my parcel please', 'it is four eight two one', 'nineteen ninety', 'no thank you goodbye', 'please say that again', 'two chicken burgers'
].map((phrase) => phrase.replace('shillings tomorrow', 'shillings on monday'))

function onTheLine (speech: Int16Array): Int16Array {
  return concatSamples([new Int16Array(3_200), speech, new Int16Array(4_800)])
}

for (const voice of VOICES) {
  t.test(`what the voice ${voice} says is understood`, async (t) => {
    for (const phrase of PHRASES) {
      const { text, confidence } = await recognise(onTheLine(await synthesize(phrase, { voice })), GRAMMAR)
      t.equal(text, phrase)
      t.ok(confidence > 0.84, `${phrase}: ${confidence}`)
    }
  })
}

t.test('it is understood at a slower and at a quicker tempo', async (t) => {
  const durations: number[] = []
  for (const stretch of [1, 0.85, 0.7]) {
    const speech = await synthesize('can i pay five hundred on friday', { stretch })
    durations.push(speech.length)
    t.equal((await recognise(onTheLine(speech), GRAMMAR)).text, 'can i pay five hundred on friday')
  }
  t.ok(Math.abs(durations[2]! / durations[0]! - 0.7) < 0.05, durations.join(', '))
})

t.test('it is understood after a journey through 24 kHz', async (t) => {
  const up = new Resampler({ fromHz: 16_000, toHz: 24_000 })
  const down = new Resampler({ fromHz: 24_000, toHz: 16_000 })
  const speech = onTheLine(await synthesize('Can I pay KES 500 on Friday?'))
  const heard = concatSamples([down.push(concatSamples([up.push(speech), up.flush()])), down.flush()])
  t.equal((await recognise(heard, GRAMMAR)).text, 'can i pay five hundred shillings on friday')
})

t.test('what is not in the grammar has little confidence', async (t) => {
  for (const phrase of ['How tall is Mount Kilimanjaro?', 'My cousin bought a green bicycle yesterday']) {
    const { confidence } = await recognise(onTheLine(await synthesize(phrase)), GRAMMAR)
    t.ok(confidence < 0.84, `${phrase}: ${confidence}`)
  }
})

t.test('silence, noise and nothing are heard as nothing', async (t) => {
  let seed = 3
  const noise = Int16Array.from({ length: 16_000 }, () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed % 4_000 - 2_000
  })
  t.same(await recognise(onTheLine(noise), GRAMMAR), { text: '', confidence: 0 })
  t.same(await recognise(new Int16Array(16_000), GRAMMAR), { text: '', confidence: 0 })
  t.same(await recognise(new Int16Array(0), GRAMMAR), { text: '', confidence: 0 })
})

t.test('a grammar that is none is refused, and the next one works', async (t) => {
  const speech = onTheLine(await synthesize('what is my balance'))
  await t.rejects(recognise(speech, '#JSGF V1.0;\ngrammar x;\npublic <s> = hello zzxx;'), { code: 'SPEECH_GRAMMAR_INVALID' })
  await t.rejects(recognise(speech, 'what?'), { code: 'SPEECH_GRAMMAR_INVALID' })
  t.equal((await recognise(speech, GRAMMAR)).text, 'what is my balance')
})

t.test('speech begins at once, does not linger, and is loud enough', async (t) => {
  const speech = await synthesize('Good morning')
  t.ok(speech.length - speech.findLastIndex((sample) => Math.abs(sample) > 100) <= 1_600)
  t.ok(speech.findIndex((sample) => Math.abs(sample) > 100) <= 320)
  t.ok(rms(speech) > 0.02)
  t.equal(await synthesize('Good morning'), speech, 'the second time it is remembered')
  t.not(await synthesize('Good morning', { voice: 'rms' }), speech)
})

t.test('text that cannot be one utterance is refused', async (t) => {
  await t.rejects(synthesize('so '.repeat(400)), { code: 'SPEECH_TEXT_TOO_LONG' })
})

t.test('text without anything to say is silence, and an option is only text', async (t) => {
  t.type(await synthesize(''), Int16Array)
  t.type(await synthesize('--help\0'), Int16Array)
})

t.test('a line of waiting requests has an end', async (t) => {
  const answers = await Promise.allSettled(Array.from({ length: 110 }, () => recognise(new Int16Array(0), GRAMMAR)))
  const refused = answers.filter((answer) => answer.status === 'rejected')
  t.equal(refused.length, 10)
  t.match(refused[0], { reason: { code: 'SPEECH_QUEUE_FULL' } })
})
