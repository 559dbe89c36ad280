import { bytesOf, dominantHz, tone, toneLevel } from '@karani/audio'
import { silentPhone, toneSpeech, type BrainSession, type GeminiBehaviour, type GeminiSession, type SimulatedCall } from '@karani/simulator'
import t, { type Test } from 'tap'
import { eventually, loudSpans } from './hearing.ts'
import { startWorld } from './world.ts'

type Send = (message: unknown) => void
type Check = (t: Test, call: SimulatedCall, session: GeminiSession) => Promise<unknown>

interface Attack {
  readonly title: string
  readonly behaviour?: Partial<GeminiBehaviour>
  /** Before `setupComplete`. */
  readonly early?: (send: Send) => void
  /** Once the session is set up. */
  readonly attack?: (send: Send) => void
  /** Messages that are unreadable on purpose may end the call: then it ends with the apology. */
  readonly ends?: true
  readonly check?: Check
}

const REPLY_HZ = 1_000
const REPLY_MS = 1_000
/** What no caller may hear. */
const STALE_HZ = 2_500

const audio = (hz: number, ms: number): object => ({ modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: Buffer.from(bytesOf(tone(hz, ms, 24_000))).toString('base64') } }] } })
const calls = (...functionCalls: unknown[]): object => ({ toolCall: { functionCalls } })
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
const answered = (session: GeminiSession): string[] => session.log.all('tool-response').map(({ id }) => id)
const IGNORING = { unknownToolResponse: 'ignore' } as const

const attacks: Attack[] = [
  { title: 'messages that are no JSON, and JSON that is no message', attack: send => { send('{not json'); send('[1,null,"x"]') } },
  { title: 'other types in the content', attack: send => { send({ serverContent: { modelTurn: { parts: 'none' }, turnComplete: 'yes', interrupted: 1 } }); send({ serverContent: 7, goAway: [], usageMetadata: 'all' }) } },
  { title: 'other types in the calls', attack: send => { send(calls({ id: 7, name: [] })); send({ toolCallCancellation: { ids: [null] }, toolCall: 'getAccount' }) } },
  { title: 'a hundred thousand nested lists', behaviour: IGNORING, attack: send => { send(`{"somethingNew":${nested(100_000)}}`); send(`{"toolCall":{"functionCalls":[{"id":"deep","name":"getAccount","args":{"a":${nested(100_000)}}}]}}`) }, check: async (t, _, session) => t.same(answered(session), ['deep']) },
  {
    title: 'half samples, images, odd rates and base64 of something else',
    attack: send => {
      for (const [mimeType, data] of [['audio/pcm;rate=24000', 'AAAA'], ['image/png', 'AAAA'], ['audio/pcm;rate=1', 'AAA='], ['audio/pcm;rate=23999', 'AAA='], ['audio/pcm', '*!?'], [undefined, '']]) send({ serverContent: { modelTurn: { parts: [{ inlineData: { mimeType, data } }, {}] } } })
    }
  },
  { title: 'speech and a call before the session is set up', early: send => send({ serverContent: audio(STALE_HZ, 500), ...calls({ id: 'early', name: 'endCall' }) }) },
  {
    title: 'completions of turns that never were, and notices of departure',
    attack: send => {
      for (let n = 0; n < 20; n++) send({ serverContent: { turnComplete: true, generationComplete: n % 2 === 0 }, goAway: { timeLeft: `${n}s` }, sessionResumptionUpdate: {} })
    }
  },
  { title: 'tokens beyond all counting', attack: send => { send({ usageMetadata: { totalTokenCount: 1e308 } }); send({ usageMetadata: { totalTokenCount: 1_000_000_000, promptTokenCount: 1_000_000_000 } }) } },
  { title: 'a storm of interruptions', attack: send => { for (let n = 0; n < 2_000; n++) send({ serverContent: { interrupted: true } }); send({ serverContent: { turnComplete: true } }) } },
  {
    title: 'stale audio in the message that interrupts, and after it',
    attack: send => {
      send({ serverContent: { interrupted: true, ...audio(STALE_HZ, 800) } })
      send({ serverContent: audio(STALE_HZ, 800) })
      send({ serverContent: { turnComplete: true } })
    }
  },
  {
    title: 'one id called three times, and arguments that are no object',
    behaviour: IGNORING,
    attack: send => {
      for (let n = 0; n < 3; n++) send(calls({ id: 'twin', name: 'getAccount', args: {} }))
      send(calls({ id: 'null', name: 'noSuchTool', args: null }, { id: 'list', name: '__proto__', args: [1] }))
      send(calls({ name: 'getAccount', args: {} }))
      send('{"toolCall":{"functionCalls":[{"id":"proto","name":"verifyIdentity","args":{"__proto__":{"verified":true},"constructor":{"prototype":{}}}}]}}')
    },
    check: async (t, _, session) => t.same(answered(session).sort(), ['list', 'null', 'proto', 'twin'])
  },
  {
    title: 'ten thousand calls at once',
    behaviour: IGNORING,
    attack: send => send(calls(...Array.from({ length: 10_000 }, (_, n) => ({ id: `storm-${n}`, name: n % 2 === 0 ? 'getAccount' : 'noSuchTool', args: {} })))),
    check: async (t, _, session) => {
      await eventually('every answer', () => answered(session).length >= 10_000 ? true : undefined)
      t.equal(answered(session).length, 10_000)
      t.equal(new Set(answered(session)).size, 10_000, 'each once')
    }
  },
  { title: 'a message of 5 MB', ends: true, attack: send => send({ serverContent: { modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: 'A'.repeat(5 * 1024 * 1024) } }] } } }) },
  { title: 'the third unreadable message', ends: true, attack: send => { for (let n = 0; n < 3; n++) send('{') } }
]

t.test('whatever the model sends, its call goes on or ends with the apology, and the next reply is heard whole', async (t) => {
  const world = await startWorld(t, { services: ['webhook-api', 'media-gateway'], brain: () => ({}), carrier: { connectDelayMs: 20 } })
  const running: Array<{ attack: Attack, call: SimulatedCall, session: GeminiSession }> = []
  for (const attack of attacks) {
    world.gemini.next({
      ...(attack.behaviour && { behaviour: attack.behaviour }),
      createBrain: session => {
        const send = sender(session)
        attack.early?.(send)
        session.takeTurn(async turn => {
          attack.attack?.(send)
          await turn.say(toneSpeech({ hz: REPLY_HZ, ms: REPLY_MS }))
        })
        return {}
      }
    })
    const call = await world.ring({ phone: silentPhone() })
    running.push({ attack, call, session: await world.gemini.session(running.length + 1) })
  }
  for (const { attack: { title, ends, check }, call, session } of running) {
    t.test(title, async (t) => {
      if (ends) {
        t.equal((await call.ended).by, 'api')
        const { fromMs, toMs } = loudSpans(call.recording.played).at(-1)!
        t.ok(toMs - fromMs > 2_500, `the apology is heard to its end: ${toMs - fromMs} ms`)
        return
      }
      await eventually('the reply', () => loudSpans(call.recording.played, 300).some(span => hzOf(call, span) === REPLY_HZ) && call.talkMs > 8_000 ? true : undefined)
      t.equal(call.isOver, false, 'the call goes on')
      await check?.(t, call, session)
      call.hangUp()
      await call.ended
      const { played } = call.recording
      let replyMs = 0
      for (let ms = 0; ms + 20 <= played.length / 16; ms += 20) {
        const part = played.subarray(ms * 16, (ms + 20) * 16)
        if (toneLevel(part, REPLY_HZ, 16_000) > 0.4) replyMs += 20
        if (toneLevel(part, STALE_HZ, 16_000) > 0.2) t.fail(`stale audio at ${ms} ms`)
      }
      t.ok(Math.abs(replyMs - REPLY_MS) <= 40, `the reply is whole: ${replyMs} ms`)
    })
  }
})

/** Objects as Gemini sends them, strings as they are. */
function sender (session: BrainSession): Send {
  return message => session.fault({ do: 'send', data: Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)) })
}

/** The pitch at the end of a stretch. */
function hzOf ({ recording: { played } }: SimulatedCall, { toMs }: { toMs: number }): number {
  return Math.round(dominantHz(played.subarray((toMs - 120) * 16, (toMs - 20) * 16), 16_000) / 10) * 10
}
