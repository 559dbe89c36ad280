import t, { type Test } from 'tap'
import { decodeWav, encodeWav, rms, tone, toneLevel } from '@karani/audio'
import { recordedPhone, silentPhone, tonePhone, type Carrier, type CarrierOptions, type Phone } from '../../src/index.ts'
import { CALLER, LINE, ring, start, startPeer, type Peer, type Posted } from './peer.ts'

const STAFF = '+254711222333'
const OTHER = '+254711222334'

const WAV = encodeWav([tone(800, 100, 8000)], 8000)

/** Answers the first fetch of each URL, or URL and digits, from a table; later ones with nothing to do. */
async function answering (t: Test, documents: (url: string) => Record<string, string>, options: Partial<CarrierOptions> = {}): Promise<{ peer: Peer, carrier: Carrier }> {
  const unseen = new Map<string, string>()
  const peer = await startPeer(t, ({ url, fields }: Posted) => {
    if (url === '/a.wav') return { type: 'audio/wav', body: WAV }
    const key = fields.Digits === undefined ? url : `${url} ${fields.Digits}`
    const document = unseen.get(key)
    unseen.delete(key)
    return document === undefined ? {} : { body: `<Response>${document}</Response>` }
  })
  for (const [key, document] of Object.entries(documents(peer.url))) unseen.set(key, document)
  return { peer, carrier: await start(t, { peer, ...options, behaviour: { digitsField: 'Digits', ...options.behaviour } }) }
}

/** Hangs up after so many ticks. */
function briefPhone (phone: Phone, ticks: number): Phone {
  let n = 0
  return { tick: heard => { n++; return phone.tick(heard) }, get hungUp () { return n >= ticks } }
}

t.test('Say and Play are heard in order, then the call ends', async t => {
  const { carrier } = await answering(t, url => ({ '/voice': `<Say loop="0">hello</Say><Play>${url}/a.wav</Play>` }), { speak: async () => tone(400, 100, 16_000) })
  const call = await ring(carrier)
  t.match(await call.ended, { by: 'document', status: 'completed' })
  const { played } = call.recording
  const at = played.findIndex(sample => sample !== 0)
  t.ok(toneLevel(played.slice(at, at + 1500), 400, 16_000) > 0.4)
  const end = played.findLastIndex(sample => sample !== 0)
  t.ok(toneLevel(played.slice(end - 1400, end), 800, 16_000) > 0.4)
})

t.test('Dial joins the caller and whoever picks up, and the call ends with them', async t => {
  const { carrier } = await answering(t, () => ({ '/voice': `<Dial timeout="5" record="true"><Number>${STAFF}</Number></Dial><Say>nobody</Say>` }), { behaviour: { outboundPerMinuteMinor: 6000, envelope: 'kind, data' } })
  let heardByStaff = 0
  const staff = tonePhone(900)
  carrier.subscribe(STAFF, ({ from }) => {
    t.equal(from, LINE)
    return { does: 'answer', afterMs: 100, phone: briefPhone({ tick: heard => { heardByStaff = Math.max(heardByStaff, rms(heard)); return staff.tick(heard) } }, 30) }
  })
  const call = await ring(carrier, { phone: tonePhone(500) })
  t.match(await call.ended, { by: 'dialled party', status: 'completed', costMinor: 100 })
  t.ok(heardByStaff > 0.1)
  t.ok(toneLevel(call.recording.played.slice(-8000, -1000), 900, 16_000) > 0.2)
  t.same(call.log.all('said'), [])
  const view = await fetch(`${carrier.url}/v1/calls/${call.callId}/recording`, { headers: { authorization: `Bearer ${carrier.apiKey}` } })
  const { channels: [left] } = decodeWav(new Uint8Array(await view.arrayBuffer()))
  t.ok(toneLevel(left!.slice(0, 6000), 500, 16_000) > 0.2, 'and was recorded')
})

for (const outcome of ['busy', 'ring out'] as const) {
  t.test(`when the dialled number does '${outcome}' the next verb runs`, async t => {
    const { carrier } = await answering(t, () => ({ '/voice': `<Dial timeout="0.05"><Number>${STAFF}</Number></Dial><Say>nobody</Say>` }))
    carrier.subscribe(STAFF, () => ({ does: outcome }))
    const call = await ring(carrier)
    await call.ended
    t.match(call.log.all('said'), [{ text: 'nobody' }])
    t.match(call.log.all('dial-ended'), [{ outcome: outcome === 'busy' ? 'busy' : 'no answer' }])
  })
}

t.test('Dial rings several at once; the first to pick up talks', async t => {
  const { carrier } = await answering(t, () => ({ '/voice': `<Dial phoneNumbers="${STAFF},${OTHER}"/>` }))
  carrier.subscribe(STAFF, () => ({ does: 'answer', afterMs: 5_000, phone: silentPhone() }))
  carrier.subscribe(OTHER, () => ({ does: 'answer', afterMs: 20, phone: briefPhone(silentPhone(), 3) }))
  const call = await ring(carrier)
  t.match(await call.ended, { by: 'dialled party' })
  t.strictSame(call.log.all('dial-ended').map(({ number, outcome }) => `${number} ${outcome}`).toSorted(), [`${STAFF} gone`, `${OTHER} answered`])
})

t.test('GetDigits tells the voice URL the keys, which cut its prompt short', async t => {
  const { carrier, peer } = await answering(t, () => ({ '/voice': '<GetDigits numDigits="2"><Say>a very long prompt, for somebody who knows what to press</Say></GetDigits><Say>none</Say>', '/voice 42': '<Say>thanks</Say>' }))
  const call = await ring(carrier)
  await call.log.has('said')
  call.press('4')
  call.press('2')
  await call.ended
  t.match(peer.posts.find(({ fields }) => fields.Digits !== undefined), { url: '/voice', fields: { Digits: '42' } })
  t.same(call.log.all('said').map(({ text }) => text).at(-1), 'thanks')
})

t.test('GetDigits without keys goes on to the next verb', async t => {
  const { carrier } = await answering(t, () => ({ '/voice': '<GetDigits timeout="0.05"/><Say>none</Say>' }))
  const call = await ring(carrier)
  await call.ended
  t.match(call.log.all('said'), [{ text: 'none' }])
})

t.test('Record keeps what the caller says and posts where it lies', async t => {
  const { carrier, peer } = await answering(t, url => ({ '/voice': `<Record maxLength="0.5" timeout="5" action="${url}/recorded"/>` }))
  await (await ring(carrier, { phone: recordedPhone(tone(600, 2000, 16_000)) })).ended
  const { fields } = await peer.posted('/recorded')
  const { channels: [heard] } = decodeWav(new Uint8Array(await (await fetch(fields.recordingUrl!)).arrayBuffer()))
  t.equal(heard!.length, 8000)
  t.ok(toneLevel(heard!, 600, 16_000) > 0.4)
})

t.test('Redirect goes on with another document, relative to this one', async t => {
  const { carrier } = await answering(t, () => ({ '/voice': '<Redirect>next</Redirect><Say>never</Say>', '/next': '<Say>here</Say>' }))
  const call = await ring(carrier)
  await call.ended
  t.same(call.log.all('said').map(({ text }) => text), ['here'])
})

t.test('Reject ends a ringing call unanswered and free', async t => {
  const { carrier } = await answering(t, () => ({ '/voice': '<Reject reason="busy"/>' }))
  const call = await ring(carrier)
  t.match(await call.ended, { status: 'busy', cause: 'user_busy', durationSeconds: 0, costMinor: 0 })
  t.equal(await call.answered, false)
})

t.test('a conference starts with whoever may start it, and ends with whoever may end it', async t => {
  const peer: Peer = await startPeer(t, post => post.url !== '/voice' || post.fields.callSessionState !== 'Ringing'
    ? {}
    : { body: post.fields.callerNumber === CALLER ? '<Response><Conference startOnEnter="false">room</Conference></Response>' : '<Response><Conference endOnExit="true">room</Conference></Response>' })
  const carrier = await start(t, { peer })
  const caller = await ring(carrier, { phone: tonePhone(500) })
  await caller.answered
  const agent = await ring(carrier, { from: STAFF, phone: briefPhone(tonePhone(900), 25) })
  await agent.ended
  t.match(await caller.ended, { by: 'document' })
  t.ok(toneLevel(agent.recording.played.slice(-4000), 500, 16_000) > 0.2)
  t.ok(toneLevel(caller.recording.played.slice(-5000, -1000), 900, 16_000) > 0.2)
})
