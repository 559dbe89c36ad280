import t, { type Test } from 'tap'
import { tone } from '@karani/audio'
import { carrierPresets, type CarrierBehaviour, type SimulatedCall } from '../../src/index.ts'
import { ring, start, startPeer, streamTo, type MediaPeer, type Peer } from './peer.ts'

const SPEECH = Buffer.from(tone(500, 3000, 16_000).buffer)

async function streaming (t: Test, behaviour: Partial<CarrierBehaviour>): Promise<{ call: SimulatedCall, media: MediaPeer }> {
  const peer: Peer = await startPeer(t, post => post.fields.callSessionState === 'Ringing' ? streamTo(peer.media) : {})
  const carrier = await start(t, { peer, behaviour })
  const call = await ring(carrier)
  return { call, media: await peer.socket() }
}

/** What is heard after the kill, in milliseconds. */
function heardAfter (call: SimulatedCall): number {
  const { played, kills } = call.recording
  return (played.findLastIndex(sample => sample !== 0) + 1 - kills[0]!) / 16
}

t.test('killAudio: nothing of what was queued is heard afterwards', async t => {
  const { call, media } = await streaming(t, {})
  media.socket.send(SPEECH)
  await media.audioOf(9_600)
  media.socket.send('{"type":"killAudio"}')
  await call.log.has('killed')
  await media.audioOf(25_600)
  call.hangUp()
  await call.settled
  t.ok(call.recording.played.some(sample => sample !== 0))
  t.ok(heardAfter(call) <= 0, `heard ${heardAfter(call)} ms more`)
})

t.test('a hostile carrier plays what was in its pre-buffer once more audio comes', async t => {
  const { call, media } = await streaming(t, { preBuffer: { dryMs: 160, flowingMs: 80, clearedByKill: false } })
  media.socket.send(SPEECH)
  media.socket.send(SPEECH.subarray(0, 1600))
  await media.audioOf(3_200)
  media.socket.send('{"type":"killAudio"}')
  await call.log.has('killed')
  media.socket.send(Buffer.alloc(5120))
  await media.audioOf(12_800)
  call.hangUp()
  await call.settled
  t.ok(heardAfter(call) >= 49, 'the 50 ms that were held back')
})

t.test('a carrier that does not know killAudio plays on', async t => {
  const { call, media } = await streaming(t, { honours: carrierPresets.documented.honours })
  media.socket.send(SPEECH)
  media.socket.send('{"type":"killAudio"}')
  await call.log.has('text-received')
  await media.audioOf(16_000)
  call.hangUp()
  await call.settled
  t.same(call.recording.kills, [])
  t.not(call.recording.played.at(-200), 0)
})

t.test('marks come back when they are reached, or cleared', async t => {
  const { call, media } = await streaming(t, { honours: carrierPresets.hostile.honours, preBuffer: carrierPresets.documented.preBuffer })
  media.socket.send(SPEECH.subarray(0, 640))
  media.socket.send('{"type":"mark","data":{"name":"soon"}}')
  await call.log.has('text-sent', ({ text }) => text.includes('soon'))
  media.socket.send(SPEECH)
  media.socket.send('{"type":"mark","data":{"name":"late"}}')
  media.socket.send('{"type":"killAudio"}')
  await call.log.has('text-sent', ({ text }) => text.includes('late'))
  call.hangUp()
  await media.closed
  t.same(media.texts.slice(1).map(text => JSON.parse(text) as unknown), [
    { type: 'mark', data: { name: 'soon', event: 'playout' } },
    { type: 'mark', data: { name: 'late', event: 'cleared' } }
  ])
})

t.test('unknown control messages are noted, ignored, and end nothing', async t => {
  const { call, media } = await streaming(t, {})
  for (const text of ['{', 'null', '[]', '{"type":1}', '{"type":"clear"}', '{"type":"disconnect"}']) media.socket.send(text)
  await call.log.has('text-received', ({ text }) => text.includes('disconnect'))
  t.equal(call.log.all('fault').length, 5)
  t.equal(call.isOver, false)
})

t.test('any even size: the same samples in ragged pieces', async t => {
  const { call, media } = await streaming(t, { framing: 'any even size' })
  await media.audioOf(32_000)
  call.hangUp()
  await media.closed
  const sizes = new Set(media.audio.map(({ length }) => length))
  t.ok(sizes.size > 5)
  t.ok([...sizes].every(size => size % 2 === 0))
})

t.test('metadata may have any keys, or none, and openMetadata a frame of its own', async t => {
  for (const [behaviour, expected] of [
    [{ metadataKeys: { ...carrierPresets.field.metadataKeys, sessionId: 'metadata.id' } }, [{ metadata: { id: String }, openMetadata: 'open', headers: { a: 'b' } }]],
    [carrierPresets.hostile, [{ headers: { a: 'b' } }, 'open']],
    [{ headerMetadata: 'HTTP headers' }, [{ headers: undefined, openMetadata: 'open' }]]
  ] as const) {
    const peer: Peer = await startPeer(t, post => post.url === '/voice' ? streamTo(peer.media, 'openMetadata="open" headerMetadata="{&quot;a&quot;:&quot;b&quot;}"') : {})
    const carrier = await start(t, { peer, behaviour: { ...behaviour, connectDelayMs: 0, copies: 1 } })
    const call = await ring(carrier)
    const media = await peer.socket()
    await media.audioOf(640)
    call.hangUp()
    t.match(media.texts.map(text => text === 'open' ? text : JSON.parse(text) as unknown), expected)
    t.equal(media.request.headers.a, 'headerMetadata' in behaviour && behaviour.headerMetadata === 'HTTP headers' ? 'b' : undefined)
  }
})

t.test('both_tracks carries the caller and what they hear', async t => {
  for (const [bothTracks, bytes] of [['mixed', 640], ['stereo', 1280]] as const) {
    const peer: Peer = await startPeer(t, post => post.fields.callSessionState === 'Ringing' ? { body: `<Response><Stream url="${peer.media}" connect="true" track="both_tracks"/></Response>` } : {})
    const carrier = await start(t, { peer, behaviour: { bothTracks, preBuffer: carrierPresets.documented.preBuffer } })
    const call = await ring(carrier)
    const media = await peer.socket()
    media.socket.send(SPEECH)
    const sent = await media.audioOf(bytes * 20)
    call.hangUp()
    await media.closed
    t.equal(media.audio.at(-1)!.length, bytes)
    t.ok(sent.subarray(-bytes).some(byte => byte !== 0), 'the playback is in it')
  }
})
