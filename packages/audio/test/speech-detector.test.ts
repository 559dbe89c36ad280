import { concatSamples, SpeechDetector, tone, type SpeechEvent } from '@karani/audio'
import t from 'tap'

const RATE = 16_000
const FRAME = 320

/** Syllables: 180 ms of sound, 80 ms of near silence. */
function speech (ms: number): Int16Array {
  const syllable = concatSamples([tone(220, 180, RATE, 0.2), tone(220, 80, RATE, 0.001)])
  return concatSamples(Array.from({ length: Math.ceil(ms / 260) }, () => syllable)).subarray(0, ms * RATE / 1000)
}

function silence (ms: number): Int16Array {
  return new Int16Array(ms * RATE / 1000)
}

function mix (a: Int16Array, b: Int16Array): Int16Array {
  return a.map((sample, n) => sample + b[n]!)
}

function events (samples: Int16Array, detector = new SpeechDetector()): SpeechEvent[] {
  const found: SpeechEvent[] = []
  for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
    const event = detector.push(samples.subarray(at, at + FRAME))
    if (event !== null) found.push(event)
  }
  return found
}

t.test('two utterances have their beginnings and ends, to the frame', async (t) => {
  const line = concatSamples([silence(600), speech(700), silence(900), speech(440), silence(900)])
  t.same(events(line), [
    { type: 'speech-started', atMs: 600 },
    { type: 'speech-stopped', atMs: 1_300 },
    { type: 'speech-started', atMs: 2_200 },
    { type: 'speech-stopped', atMs: 2_640 }
  ])
})

t.test('the pauses within an utterance do not end it', async (t) => {
  const line = concatSamples([silence(600), speech(5_200), silence(900)])
  t.same(events(line).map((event) => event.type), ['speech-started', 'speech-stopped'])
})

t.test('the last voiced frame is known while speech lasts', async (t) => {
  const detector = new SpeechDetector()
  events(concatSamples([silence(400), speech(180), silence(200)]), detector)
  t.equal(detector.speaking, true)
  t.equal(detector.voicedUntilMs, 580)
})

t.test('a click or a knock is not speech', async (t) => {
  t.same(events(concatSamples([silence(600), tone(900, 40, RATE, 0.8), silence(600)])), [])
})

t.test('a constant hum on the line is not speech, and speech over it is found', async (t) => {
  const hum = tone(100, 6_000, RATE, 0.02)
  t.same(events(hum), [])
  const line = mix(hum, concatSamples([silence(2_000), speech(960), silence(3_040)]))
  t.same(events(line), [{ type: 'speech-started', atMs: 2_000 }, { type: 'speech-stopped', atMs: 2_960 }])
})

t.test('a hum that sets in is recognised as one within two seconds', async (t) => {
  const found = events(concatSamples([silence(2_000), tone(100, 6_000, RATE, 0.05)]))
  t.same(found.map((event) => event.type), ['speech-started', 'speech-stopped'])
  t.ok(found[1]!.atMs <= 3_500)
})

t.test('comfort noise is silence', async (t) => {
  let seed = 1
  const noise = Int16Array.from({ length: RATE * 3 }, () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed % 100 - 50
  })
  t.same(events(noise), [])
})
