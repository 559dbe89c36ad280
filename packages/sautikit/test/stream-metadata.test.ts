import t from 'tap'
import fc from 'fast-check'
import { KILL_AUDIO, MAX_CONNECT_BURST_BYTES, readStreamMetadata, SAMPLE_RATE_HZ } from '../src/index.ts'

const SESSION = 'HD_24d73b4518bc'
const UUID = '0190b1c2-7f3e-7000-8000-0123456789ab'

/** A frame of so many bytes. */
const frameOf = (bytes: number): object => ({ sessionId: SESSION, pad: 'x'.repeat(bytes - JSON.stringify({ sessionId: SESSION, pad: '' }).length) })

const frames: Array<[what: string, frame: unknown, metadata: { callIds: string[], streamId?: string, headers?: object }]> = [
  ["the exchange's name", { sessionId: SESSION, streamSid: 'st_1' }, { callIds: [SESSION], streamId: 'st_1' }],
  ['a name that others use', { callSid: SESSION }, { callIds: [SESSION] }],
  ['both identities', { session_id: SESSION, call_id: UUID, callId: SESSION }, { callIds: [SESSION, UUID] }],
  ['names under metadata', { event: 'start', metadata: { sessionId: SESSION, streamSid: 'st_2' } }, { callIds: [SESSION], streamId: 'st_2' }],
  ['names under metadata in JSON of its own', { metadata: JSON.stringify({ callSid: SESSION }) }, { callIds: [SESSION] }],
  ['names under headers', { headers: { callId: UUID, lang: 'sw-KE', retry: 1 } }, { callIds: [UUID], headers: { callId: UUID, lang: 'sw-KE', retry: '1' } }],
  ['headers in JSON of their own', { headers: '{"lang":"sw-KE"}' }, { callIds: [], headers: { lang: 'sw-KE' } }],
  ['headers that are not flat', { headers: { odd: { toString: 1, valueOf: 1 }, none: null } }, { callIds: [] }],
  ['a call id that is none', { sessionId: '../admin', callId: 7, callSid: null }, { callIds: [] }],
  ['names too deep to be meant', { a: { metadata: { sessionId: SESSION } } }, { callIds: [] }],
  ['an empty object', {}, { callIds: [] }],
  ['a list', [{ sessionId: SESSION }], { callIds: [] }],
  ['JSON in JSON in JSON', JSON.stringify(JSON.stringify({ sessionId: SESSION })), { callIds: [] }],
  ['as much as the carrier can send', frameOf(8_192), { callIds: [SESSION] }],
  ['more than the carrier can send', frameOf(8_193), { callIds: [] }]
]
for (const [what, frame, metadata] of frames) {
  t.test(`a first frame with ${what}`, async (t) => { t.strictSame(readStreamMetadata(JSON.stringify(frame)), { headers: {}, ...metadata }) })
}

t.test('text that is no JSON names no call', async (t) => {
  for (const text of ['', 'hello', '{', '\0', '{"sessionId":', '['.repeat(8_000)]) t.strictSame(readStreamMetadata(text), { callIds: [], headers: {} })
})

t.test('reading never throws', async (t) => {
  const key = fc.constantFrom('sessionId', 'callId', 'streamSid', 'metadata', 'headers', '__proto__', 'toString')
  const { tree } = fc.letrec(tie => ({
    tree: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.string(), fc.dictionary(key, tie('tree')), fc.dictionary(key, tie('tree')).map(value => JSON.stringify(value)))
  }))
  t.doesNotThrow(() => fc.assert(fc.property(fc.oneof(fc.string(), tree.map(value => JSON.stringify(value))), (text) => {
    const { callIds } = readStreamMetadata(text)
    return callIds.every(id => /^[A-Za-z0-9_-]{1,64}$/.test(id)) && new Set(callIds).size === callIds.length
  }), { numRuns: 500 }))
})

t.test('the burst of a slow connect is five seconds of audio, and the flush is a message of its own', async (t) => {
  t.equal(MAX_CONNECT_BURST_BYTES, 5 * SAMPLE_RATE_HZ * 2)
  t.strictSame(JSON.parse(KILL_AUDIO), { type: 'killAudio' })
})
