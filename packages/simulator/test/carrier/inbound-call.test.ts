import { createHmac } from 'node:crypto'
import t from 'tap'
import { rms, tone, toneLevel } from '@karani/audio'
import { tonePhone } from '../../src/index.ts'
import { CALLER, LINE, ring, start, startPeer, streamTo, type Peer } from './peer.ts'

async function streaming (t: Parameters<typeof startPeer>[0], more = ''): Promise<Peer> {
  const peer: Peer = await startPeer(t, post => post.url === '/voice' && post.fields.callSessionState === 'Ringing' ? streamTo(peer.media, more) : {})
  return peer
}

t.test('the voice URL is asked with the PBX fields, as a form, before the call is answered', async t => {
  const peer = await streaming(t)
  const carrier = await start(t, { peer })
  const call = await ring(carrier)
  const post = await peer.posted('/voice')
  t.match(post.headers, { 'user-agent': 'Sautikit-VoiceProxy', 'content-type': 'application/x-www-form-urlencoded' })
  t.match(post.fields, { sessionId: call.sessionId, callerNumber: CALLER, destinationNumber: LINE, callSessionState: 'Ringing', isActive: '1', direction: 'Inbound' })
  t.match(call.sessionId, /^HD_[0-9a-f]{12}$/)
  t.equal(post.headers['x-sautikit-signature'], undefined)
  t.equal(await call.answered, true)
})

t.test('callbacks are signed over body, dot and time when the number has a secret', async t => {
  const peer = await streaming(t)
  const carrier = await start(t, { numbers: [{ number: LINE, voiceUrl: `${peer.url}/voice`, signingSecret: 'whsec_x' }] })
  await ring(carrier)
  const { headers, raw } = await peer.posted('/voice')
  const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-sautikit-signature'])) ?? []
  t.equal(signature, createHmac('sha256', 'whsec_x').update(`${raw}.${time}`).digest('hex'))
  t.ok(Math.abs(Number(time) - Date.now() / 1000) < 5)
})

t.test('the media socket offers its subprotocol, sends one text frame, the backlog in one piece, then 640 bytes each 20 ms', async t => {
  const peer = await streaming(t)
  const carrier = await start(t, { peer, behaviour: { connectDelayMs: 300 } })
  const call = await ring(carrier, { phone: tonePhone(500) })
  const media = await peer.socket()
  t.equal(media.request.headers['sec-websocket-protocol'], 'audio.drachtio.org')
  t.equal(media.request.headers['sec-websocket-extensions'], undefined)
  await media.audioOf(40_000)
  call.hangUp()
  t.equal(await media.closed, 1000)
  t.equal(media.texts.length, 1)
  t.match(JSON.parse(media.texts[0]!), { sessionId: call.sessionId, callerNumber: CALLER, destinationNumber: LINE })
  const [backlog, ...frames] = media.audio
  t.ok(backlog!.length >= 300 * 32 - 640 && backlog!.length % 640 === 0, `a backlog of ${backlog!.length} bytes`)
  t.ok(frames.every(frame => frame.length === 640))
  const sent = Buffer.concat(media.audio)
  t.ok(sent.equals(Buffer.from(call.recording.caller.buffer, 0, sent.length)), 'no sample is missing or doubled')
})

t.test('what the server sends is heard once, sample by sample, whatever the cut', async t => {
  const peer = await streaming(t)
  const carrier = await start(t, { peer, behaviour: { preBuffer: { dryMs: 160, flowingMs: 80, clearedByKill: true } } })
  const call = await ring(carrier)
  const media = await peer.socket()
  const speech = tone(1000, 400, 16_000)
  const bytes = Buffer.concat([Buffer.from(speech.buffer), Buffer.alloc(2 * 5120)]) // the pre-buffer keeps a shorter tail
  for (let at = 0; at < bytes.length; at += 777) media.socket.send(bytes.subarray(at, at + 777))
  await media.audioOf(60_000)
  call.hangUp()
  await call.settled
  const { caller, played } = call.recording
  t.equal(caller.length, played.length)
  const begin = played.findIndex(sample => sample !== 0) - 1
  t.ok(Buffer.from(speech.buffer).equals(Buffer.from(played.slice(begin, begin + speech.length).buffer)))
  t.equal(rms(played.slice(begin + speech.length)), 0)
})

t.test('audio at another rate than the line is resampled', async t => {
  const peer: Peer = await startPeer(t, post => post.fields.callSessionState === 'Ringing' ? { body: `<Response><Stream url="${peer.media}" connect="true" outputSamplingRate="8000" bidirectionalSamplingRate="24000"/></Response>` } : {})
  const carrier = await start(t, { peer })
  const call = await ring(carrier, { phone: tonePhone(700) })
  const media = await peer.socket()
  media.socket.send(Buffer.from(tone(1000, 500, 24_000).buffer))
  const heard = await media.audioOf(16_000)
  t.ok(media.audio.slice(1).every(frame => frame.length === 320), '20 ms at 8 kHz are 320 bytes')
  const received = new Int16Array(heard.buffer, heard.byteOffset, heard.length >> 1)
  t.ok(Math.abs(toneLevel(received.slice(1000, 7000), 700, 8000) - 0.3) < 0.01)
  call.hangUp()
  await call.ended
  const { played } = call.recording
  const begin = played.findIndex(sample => sample !== 0)
  t.ok(Math.abs(toneLevel(played.slice(begin + 200, begin + 7000), 1000, 16_000) - 0.5) < 0.01)
})

t.test('hang-up closes the socket with 1000 and tells the voice URL and the events URL', async t => {
  const peer: Peer = await streaming(t, 'statusCallback="http://127.0.0.1:1/" statusEvents="stream-error"')
  const carrier = await start(t, { peer })
  const call = await ring(carrier)
  const media = await peer.socket()
  call.hangUp()
  t.equal(await media.closed, 1000)
  await call.settled
  const edges = peer.posts.map(({ url, fields }) => `${url} ${fields.callSessionState}`)
  const sent = call.log.all('webhook-sent').map(({ body }) => body)
  t.ok(sent.findIndex(body => body.includes('StreamStopped')) < sent.findIndex(body => body.includes('Completed')))
  t.strictSame(edges.toSorted(), ['/events Answered', '/events Completed', '/events Ringing', '/events StreamStarted', '/events StreamStopped', '/voice Completed', '/voice Ringing'])
  t.match(await call.ended, { by: 'phone', status: 'completed', cause: 'normal_clearing' })
})

t.test('when the server closes the socket the caller stays in silence', async t => {
  const peer = await streaming(t)
  const carrier = await start(t, { peer })
  const call = await ring(carrier)
  const media = await peer.socket()
  media.socket.close(1000)
  await peer.posted('/events', ({ fields }) => fields.callSessionState === 'StreamStopped')
  t.equal(call.isOver, false)
  t.match(await call.log.has('stream-closed'), { by: 'server', code: 1000 })
  call.hangUp()
  await call.settled
  t.equal(peer.sockets.length, 1, 'and is not connected again')
})

t.test('a server that does not echo the subprotocol gets no audio', async t => {
  const peer: Peer = await startPeer(t, post => post.fields.callSessionState === 'Ringing' ? streamTo(peer.media) : {}, { echo: false })
  const carrier = await start(t, { peer, behaviour: { afterConnectFailure: 'hang up' } })
  const call = await ring(carrier)
  await call.settled
  t.match(await call.log.has('stream-failed'), { reason: /subprotocol/ })
  t.equal((await peer.socket()).audio.length, 0)
  t.ok(peer.posts.some(({ fields }) => fields.callSessionState === 'StreamError'))
})

t.test('a Stream without connect="true" drops the call after its second', async t => {
  const peer: Peer = await startPeer(t, post => post.fields.callSessionState === 'Ringing' ? { body: `<Response><Stream url="${peer.media}" track="inbound_track"/></Response>` } : {})
  const carrier = await start(t, { peer, behaviour: { unconnectedMs: 200 } })
  const call = await ring(carrier)
  t.match(await call.ended, { by: 'carrier' })
  t.equal(await (await peer.socket()).closed, 1006)
})

for (const [title, answer] of [
  ['an error', { status: 503 }],
  ['malformed XML', { body: '<Response>' }],
  ['an unknown attribute', { body: '<Response><Stream url="ws://x" conect="true"/></Response>' }],
  ['another content type', { type: 'text/html', body: '<Response><Hangup/></Response>' }]
] as const) {
  t.test(`${title} instead of a document: the caller hears the carrier's own message`, async t => {
    const peer = await startPeer(t, () => answer)
    const carrier = await start(t, { peer, speak: async () => tone(400, 100, 16_000) })
    const call = await ring(carrier)
    t.match(await call.ended, { by: 'carrier', cause: 'destination_out_of_order' })
    t.equal(call.log.all('said').length, 1)
    t.ok(call.log.all('fault').length > 0)
  })
}

t.test('a voice URL that does not answer in time counts as none', async t => {
  const peer = await startPeer(t, async () => await new Promise(() => {}))
  const carrier = await start(t, { peer, speak: async () => tone(400, 40, 16_000), behaviour: { voiceTimeoutMs: 50, eventKinds: 'none', completedToVoice: false } })
  const call = await ring(carrier)
  await call.settled
  t.match(call.log.all('webhook-answered')[0], { status: null })
})
