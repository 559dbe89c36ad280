import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { concatSamples, tone } from '@karani/audio'
import { recordedPhone, toneSpeech, type SimulatedCall } from '@karani/simulator'
import t from 'tap'
import { afterOpening, eventually, loudSpans, silence } from './hearing.ts'
import { startWorld } from './world.ts'

const QUESTION = tone(440, 600, 16_000)
/** Somebody who does not stop talking: words with short pauses between them. */
const TALK = concatSamples(Array.from({ length: 8 }, () => [tone(440, 180, 16_000), silence(40)]).flat())

/** Stands in for tools-service: it answers when it is told to. */
const tools = createServer((request, response) => {
  request.resume().once('end', () => setTimeout(() => response.setHeader('content-type', 'application/json').end('{"output":{"found":true}}'), tookMs))
})
let tookMs = 0
tools.listen(0, '127.0.0.1')
await once(tools, 'listening')
t.teardown(() => tools.close())

/** The call that is being tested, and when its model asked for a tool, in milliseconds of the call's audio. */
let call: SimulatedCall | undefined
let askedAtMs: number | null = null

const world = await startWorld(t, {
  services: ['webhook-api', 'media-gateway'],
  env: { TOOLS_URL: `http://127.0.0.1:${(tools.address() as AddressInfo).port}` },
  brain: () => ({
    onSpeechEnd: turn => {
      if (askedAtMs !== null) return
      askedAtMs = call!.talkMs
      turn.callTools([{ name: 'getAccount', args: {} }])
    },
    onToolResponses: async turn => await turn.say(toneSpeech({ hz: 1_000, ms: 1_000 }))
  })
})

/** One call from the moment of the tool call on: what was heard and said, and when by the gateway's clock the filler began. */
async function hear (toolMs: number, caller: Int16Array): Promise<{ heard: Int16Array, said: Int16Array, clipAfterMs: number | null }> {
  tookMs = toolMs
  askedAtMs = null
  const sessions = world.gemini.sessions.length
  call = await world.ring({ phone: recordedPhone(afterOpening(caller, silence(9_000))) })
  const session = await world.gemini.session(sessions + 1)
  await session.log.until('tool-response')
  await eventually('the end of the reply at the phone', () => {
    const { played } = call!.recording
    const isHeard = replyIn(played.subarray(askedAtMs! * 16)).fromMs >= 0
    return isHeard && played.length / 16 - loudSpans(played).at(-1)!.toMs > 700 ? true : undefined
  }, 30_000)
  call.hangUp()
  await call.ended
  const { sessionId, recording: { played, caller: spoken } } = call
  let askedMs = 0
  let clipMs: number | null = null
  await world.happened(sessionId, entry => {
    if (entry.type === 'tool-called') askedMs = entry.atMs
    if (entry.type === 'clip' && entry.clip === 'one-moment') clipMs = entry.atMs
    return entry.type === 'closed'
  })
  const from = askedAtMs! * 16
  return { heard: played.subarray(from), said: spoken.subarray(from), clipAfterMs: clipMs === null ? null : clipMs - askedMs }
}
/** Where the reply is heard, and for how long: a tone of 1 kHz, which no speech is. */
function replyIn (samples: Int16Array): { fromMs: number, loudMs: number } {
  const pure = Array.from({ length: Math.floor(samples.length / 160) }, (_, n) => isTone(samples.subarray(n * 160, (n + 1) * 160)))
  return { fromMs: pure.indexOf(true) * 10, loudMs: pure.filter(Boolean).length * 10 }
}

/** Whether nearly all the energy of 10 ms lies at 1 kHz. */
function isTone (frame: Int16Array): boolean {
  let [re, im, energy] = [0, 0, 1]
  for (const [n, sample] of frame.entries()) {
    re += sample * Math.cos(n * Math.PI / 8)
    im += sample * Math.sin(n * Math.PI / 8)
    energy += sample * sample
  }
  return 2 * (re * re + im * im) / (frame.length * energy) > 0.9
}

t.test('a caller who waits for a tool hears a filler after 1.2 s, until the reply takes its place', async (t) => {
  const { heard, clipAfterMs } = await hear(2_000, QUESTION)
  t.ok(clipAfterMs! >= 1_200 && clipAfterMs! <= 1_600, `the filler begins ${clipAfterMs} ms after the tool call`)
  const [filler] = loudSpans(heard, 200)
  t.ok(Math.abs(filler!.fromMs - clipAfterMs!) < 150, `and is heard then: ${filler!.fromMs} ms`)
  const reply = replyIn(heard)
  t.ok(reply.fromMs < clipAfterMs! + 1_700, `the reply is heard ${reply.fromMs} ms after the tool call, in the middle of it`)
  t.ok(Math.abs(reply.loudMs - 1_000) < 80, `and whole: ${reply.loudMs} ms`)
  t.equal(loudSpans(heard.subarray((reply.fromMs + 1_400) * 16)).length, 0, 'nothing of the filler comes after it')
})

t.test('a tool that is fast enough is not filled', async (t) => {
  const { heard, clipAfterMs } = await hear(900, QUESTION)
  t.equal(clipAfterMs, null)
  t.ok(Math.abs(loudSpans(heard, 200)[0]!.fromMs - replyIn(heard).fromMs) <= 40, 'the reply is what is heard first')
})

t.test('a caller who goes on speaking is not talked over', async (t) => {
  const { heard, said } = await hear(2_900, concatSamples([QUESTION, silence(700), TALK]))
  const talk = loudSpans(said, 200).find(({ fromMs, toMs }) => toMs - fromMs > 1_000)!
  t.ok(talk.fromMs < 1_100 && talk.toMs > 1_600, `the caller speaks from ${talk.fromMs} to ${talk.toMs} ms after the tool call`)
  t.equal(loudSpans(heard.subarray(0, talk.toMs * 16)).length, 0)
})
