import fc from 'fast-check'
import t from 'tap'
import { deliveries } from '../src/deliveries.ts'
import { readServerMessage } from '../src/server-message.ts'
import { Inbox } from './inbox.ts'
import { recorder, type Told } from './open-session.ts'

async function tell (message: object): Promise<Told[]> {
  const read = readServerMessage(Buffer.from(JSON.stringify(message)))
  if (read === null) throw new Error('unreadable')
  const { told, handlers } = recorder()
  for (const deliver of deliveries(read)) deliver(handlers)
  return await drain(told)
}

async function drain<T> (inbox: Inbox<T>): Promise<T[]> {
  const items: T[] = []
  while (inbox.length > 0) items.push(await inbox.next())
  return items
}

const audio = (bytes: number[] | Uint8Array, mimeType?: string): object => ({ inlineData: { data: Buffer.from(bytes).toString('base64'), ...(mimeType !== undefined && { mimeType }) } })
const parts = (...parts: object[]): object => ({ serverContent: { modelTurn: { parts } } })
const names = (told: Told[]): string[] => told.map(([handler]) => handler)

t.test('a message with everything in it is told in one fixed order', async (t) => {
  const told = await tell({
    goAway: { timeLeft: '50s' },
    usageMetadata: { promptTokenCount: 522, responseTokenCount: 42, totalTokenCount: 564, thoughtsTokenCount: 136 },
    toolCallCancellation: { ids: ['call-1'] },
    toolCall: { functionCalls: [{ id: 'call-2', name: 'getAccount' }] },
    serverContent: {
      turnComplete: true,
      generationComplete: true,
      modelTurn: { parts: [audio([1, 0], 'audio/pcm;rate=24000'), audio([2, 0])] },
      interrupted: true,
      outputTranscription: { text: 'Your balance' },
      inputTranscription: { text: ' wait' }
    }
  })
  t.strictSame(told.map(([handler, ...args]) => handler === 'onAudio' ? [handler, ...args[0], args[1]] : [handler, ...args]), [
    ['onCallerTranscript', ' wait'],
    ['onClerkTranscript', 'Your balance'],
    ['onInterrupted'],
    ['onAudio', 1, 0, 24_000],
    ['onAudio', 2, 0, 24_000],
    ['onGenerationComplete'],
    ['onToolCalls', [{ id: 'call-2', name: 'getAccount', args: {} }]],
    ['onToolCancellation', ['call-1']],
    ['onUsage', { promptTokens: 522, responseTokens: 42, totalTokens: 564 }],
    ['onTurnComplete'],
    ['onGoAway', 50_000]
  ])
})

t.test('stale audio that shares a message with the interruption comes after it, so that it is not played', async (t) => {
  t.strictSame(names(await tell({ serverContent: { modelTurn: { parts: [audio([1, 0])] }, interrupted: true } })), ['onInterrupted', 'onAudio'])
})

t.test('thoughts are neither spoken nor written down', async (t) => {
  t.strictSame(await tell(parts({ text: 'The caller wants the balance.', thought: true }, { ...audio([1, 0]), thought: true }, { text: 'plain text' })), [])
})

t.test('a message of no meaning to a call tells nothing', async (t) => {
  for (const message of [{}, { sessionResumptionUpdate: { newHandle: 'h', resumable: true } }, { serverContent: { interrupted: false, waitingForInput: true, outputTranscription: { text: '', finished: true } } }, { toolCall: {} }, { serverContent: { modelTurn: {} } }]) {
    t.strictSame(await tell(message), [])
  }
})

const rates = [
  { mimeType: undefined, rate: 24_000 },
  { mimeType: 'audio/pcm', rate: 24_000 },
  { mimeType: 'audio/pcm;rate=24000', rate: 24_000 },
  { mimeType: 'audio/pcm; rate=16000', rate: 16_000 }
]
for (const { mimeType, rate } of rates) {
  t.test(`audio declared as ${mimeType} is heard at ${rate} Hz`, async (t) => {
    t.strictSame((await tell(parts(audio([1, 0], mimeType)))).map(([handler, , rateHz]) => [handler, rateHz]), [['onAudio', rate]])
  })
}

const dropped: Record<string, object> = {
  'half a sample': audio([1, 0, 2]),
  'base64 with something else in it': { inlineData: { data: 'AQID*A==' } },
  'another format': audio([1, 0], 'audio/mulaw'),
  'an image': audio([1, 0], 'image/png'),
  'a rate of zero': audio([1, 0], 'audio/pcm;rate=0000'),
  'an absurd rate': audio([1, 0], 'audio/pcm;rate=96000'),
  'a rate that nobody speaks in': audio([1, 0], 'audio/pcm;rate=23999')
}
for (const [what, part] of Object.entries(dropped)) {
  t.test(`a part with ${what} is dropped and counted, and the next part is heard`, async (t) => {
    t.strictSame((await tell(parts(part, audio([7, 0])))).map(([handler, arg]) => [handler, typeof arg === 'string' ? arg : [...arg]]),
      [['onMalformed', 'MODEL_AUDIO_MALFORMED'], ['onAudio', [7, 0]]])
  })
}

t.test('a function call is told whatever its arguments are, so that it can be answered', async (t) => {
  for (const args of [null, [1], 'y', 7, true]) {
    t.strictSame(await tell({ toolCall: { functionCalls: [{ id: '1', name: 'getAccount', args }] } }), [['onToolCalls', [{ id: '1', name: 'getAccount', args: {} }]]])
  }
})

t.test('arguments that name a prototype are only names', async (t) => {
  const [[, [{ args }]]] = await tell(JSON.parse('{"toolCall":{"functionCalls":[{"id":"1","name":"x","args":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}]}}')) as any
  t.strictSame(Object.keys(args), ['__proto__', 'constructor'])
  t.notOk('polluted' in {})
})

t.test('an empty part is nothing', async (t) => {
  t.strictSame(await tell(parts(audio([]))), [])
})

t.test('however speech is cut into parts and messages, its samples arrive whole and in order', async (t) => {
  const chunk = fc.uint8Array({ maxLength: 12_000 }).map(bytes => bytes.subarray(0, bytes.length & ~1))
  await fc.assert(fc.asyncProperty(fc.array(fc.array(chunk, { maxLength: 4 }), { maxLength: 6 }), async (messages) => {
    const told = (await Promise.all(messages.map(async chunks => await tell(parts(...chunks.map(bytes => audio(bytes))))))).flat()
    return Buffer.concat(told.map(([, pcm]) => pcm)).equals(Buffer.concat(messages.flat())) && told.every(([handler, pcm]) => handler === 'onAudio' && pcm.length % 2 === 0)
  }))
})

t.test('a going-away notice without a readable time says that it may be now', async (t) => {
  for (const goAway of [{}, { timeLeft: 'soon' }, { timeLeft: '-3s' }]) t.strictSame(await tell({ goAway }), [['onGoAway', 0]])
  t.strictSame(await tell({ goAway: { timeLeft: '9.5s' } }), [['onGoAway', 9_500]])
})

const unreadable = ['', 'not json', '{"serverContent":', 'null', '[]', '"text"', '{"serverContent":5}', '{"serverContent":{"modelTurn":{"parts":{}}}}', '{"serverContent":{"modelTurn":{"parts":[null]}}}',
  '{"serverContent":{"modelTurn":{"parts":[{"inlineData":{"data":7}}]}}}', '{"toolCall":{"functionCalls":[{"name":"getAccount"}]}}', '{"toolCall":{"functionCalls":[{"id":"","name":"x"}]}}',
  '{"toolCallCancellation":{"ids":[4]}}', '{"usageMetadata":{"totalTokenCount":-1}}', '{"usageMetadata":{"totalTokenCount":1e300}}', '{"serverContent":{"inputTranscription":{"text":{}}}}']
for (const text of unreadable) {
  t.test(`'${text.slice(0, 70)}' is unreadable`, async (t) => { t.equal(readServerMessage(Buffer.from(text)), null) })
}

t.test('no JSON and no bytes make reading or telling throw', async (t) => {
  const { handlers } = recorder()
  fc.assert(fc.property(fc.oneof(fc.json().map(text => Buffer.from(text)), fc.uint8Array().map(bytes => Buffer.from(bytes))), (frame) => {
    for (const deliver of deliveries(readServerMessage(frame) ?? {})) deliver(handlers)
  }))
})
