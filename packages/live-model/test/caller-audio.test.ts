import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import t from 'tap'
import { connect, open } from './open-session.ts'

const pcmOf = (message: any): Buffer => Buffer.from(message.realtimeInput.audio.data, 'base64')

t.test('a frame goes up as base64 PCM with its rate, in a text frame', async (t) => {
  const { session, peer } = await open(t)
  session.sendAudio(Uint8Array.of(1, 2, 3, 4))
  t.strictSame(await peer.received.next(), { realtimeInput: { audio: { data: 'AQIDBA==', mimeType: 'audio/pcm;rate=16000' } } })
})

t.test('frames of any even size, views into other memory included, arrive complete and in order', async (t) => {
  const { session, peer } = await open(t)
  const frame = fc.tuple(fc.uint8Array({ minLength: 4, maxLength: 2_000 }), fc.nat(3)).map(([bytes, skip]) => bytes.subarray(skip, bytes.length - ((bytes.length - skip) % 2)))
  await fc.assert(fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 20 }), async (frames) => {
    for (const pcm of frames) session.sendAudio(pcm)
    for (const pcm of frames) if (!pcmOf(await peer.received.next()).equals(pcm)) return false
    return true
  }), { numRuns: 40 })
})

t.test('what the caller said while the session was set up is heard first, at most two seconds of it', async (t) => {
  const { session, peer, told } = await connect(t)
  const frame = new Uint8Array(640)
  for (let n = 0; n < 150; n++) session.sendAudio(frame.fill(n)) // the same memory again and again, as a framer may
  await peer.acceptSetup()
  await told.next()
  session.sendAudio(frame.fill(200))
  const heard: number[] = []
  while (heard.at(-1) !== 200) heard.push(pcmOf(await peer.received.next())[0] ?? -1)
  t.strictSame(heard, [...Array.from({ length: 100 }, (_, n) => n + 50), 200])
})

t.test('when the model does not read, caller audio is dropped, said once, and flows again when it reads', async (t) => {
  const { session, peer, told } = await open(t)
  const frame = new Uint8Array(64_000)
  peer.socket.pause()
  let sent = 0
  while (told.length === 0) {
    session.sendAudio(frame)
    sent++
    await setImmediate()
  }
  for (let n = 0; n < 100; n++) session.sendAudio(frame)
  t.strictSame(await told.next(), ['onMalformed', 'MODEL_BACKPRESSURE'])
  t.equal(told.length, 0, 'one report for the whole episode')

  peer.socket.resume()
  let received = 0
  const marked = Uint8Array.of(9, 9)
  const flowing = peer.received.find(message => pcmOf(message).equals(marked) || (received++, false)).then(() => true)
  while (!await Promise.race([flowing, setImmediate(false)])) session.sendAudio(marked)
  t.equal(received, sent - 1, 'what was sent before the episode arrived, what was dropped did not')
})

t.test('a blocking model hears nothing while its function runs, and hears again after the answer', async (t) => {
  const { session, peer, told } = await open(t, { model: 'gemini-3.1-flash-live-preview' })
  peer.send({ toolCall: { functionCalls: [{ id: 'call-1', name: 'getAccount' }] } })
  await told.next()
  session.sendAudio(Uint8Array.of(1, 0))
  session.answerTools([{ id: 'call-1', name: 'getAccount', response: { output: {} } }])
  session.sendAudio(Uint8Array.of(2, 0))
  t.ok((await peer.received.next()).toolResponse)
  t.strictSame([...pcmOf(await peer.received.next())], [2, 0])
})

t.test('a model that does not block goes on hearing while a function runs', async (t) => {
  const { session, peer, told } = await open(t)
  peer.send({ toolCall: { functionCalls: [{ id: 'call-1', name: 'getAccount' }] } })
  await told.next()
  session.sendAudio(Uint8Array.of(1, 0))
  t.strictSame([...pcmOf(await peer.received.next())], [1, 0])
})
