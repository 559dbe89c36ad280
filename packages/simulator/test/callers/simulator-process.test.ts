import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import WebSocket from 'ws'
import { decodeWav, rms } from '@karani/audio'
import { startPeer, streamTo, type Peer } from '../carrier/peer.ts'

const ROOT = path.resolve(import.meta.dirname, '../../../..')

async function startSimulator (t: Test, env: Record<string, string>): Promise<{ url: string, child: ChildProcess }> {
  const child = spawn(process.execPath, ['--conditions=@karani/source', '--import', 'tsx', 'packages/simulator/src/main.ts'], {
    cwd: ROOT, env: { PATH: process.env.PATH, SIMULATOR_PORT: '0', GEMINI_SIMULATOR_PORT: '0', DARAJA_SIMULATOR_PORT: '0', SIMULATED_CARRIER: 'documented', SIMULATOR_DATA_DIR: t.testdir(), ...env }, stdio: ['ignore', 'pipe', 'pipe']
  })
  t.teardown(() => child.kill('SIGKILL'))
  const [line] = await Promise.race([once(child.stdout!, 'data'), once(child.stderr!, 'data')]) as [Buffer]
  return { url: /http:\/\/[\d.:]+/.exec(line.toString())?.[0] ?? line.toString(), child }
}

async function post (url: string, body: object): Promise<{ status: number, body: Record<string, any> }> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  return { status: response.status, body: await response.json() as Record<string, any> }
}

const streaming = async (t: Test): Promise<Peer> => {
  const peer: Peer = await startPeer(t, post => post.fields.callSessionState === 'Ringing' ? streamTo(peer.media) : {})
  return peer
}

t.test('a person types into a simulated call, hears it, and finds it recorded in stereo', async t => {
  const peer = await streaming(t)
  const { url, child } = await startSimulator(t, { VOICE_URL: `${peer.url}/voice`, SAUTIKIT_SIGNING_SECRET: 'whsec_x' })
  const placed = await post(`${url}/simulator/calls`, { line: 'courier', interactive: true, from: '+254798000000' })
  t.match(placed, { status: 200, body: { callId: /^HD_/, from: '+254798000000', line: '+254711000002' } })
  const { callId } = placed.body
  const phone = new WebSocket(`${url.replace('http', 'ws')}/simulator/calls/${callId}/phone`)
  const texts: Array<Record<string, any>> = []
  let heard = 0
  phone.on('message', (data, isBinary) => {
    if (isBinary) heard += rms(new Int16Array(new Uint8Array(data as Buffer).buffer))
    else texts.push(JSON.parse((data as Buffer).toString()))
  })
  await once(phone, 'open')
  phone.send('{"type":"dance"}')
  phone.send('{"type":"say","text":"where is my parcel"}')
  const media = await peer.socket()
  t.match((await peer.posted('/voice')).headers, { 'x-sautikit-signature': /^t=\d+,v1=/ })
  const spoken = await media.speech() // what was typed
  for (let n = 0; n < 20; n++) media.socket.send(spoken)
  await media.audioOf(Buffer.concat(media.audio).length + 32_000)
  phone.send('{"type":"hangUp"}')
  await once(phone, 'close')
  t.ok(heard > 0, 'the person hears what the media server sent')
  t.match(texts, [{ type: 'error', message: 'not understood' }, { type: 'ended', recording: String }])
  const state = await (await fetch(`${url}/simulator/calls/${callId}`)).json() as { state: string, recording: string }
  t.equal(state.state, 'completed')
  const { channels: [left, right], sampleRateHz } = decodeWav(await readFile(path.resolve(ROOT, state.recording)))
  t.equal(sampleRateHz, 16_000)
  t.ok(left!.some(sample => sample > 1000) && right!.some(sample => sample > 1000))
  child.kill('SIGTERM')
  t.same(await once(child, 'exit'), [0, null])
})

t.test('a caller with a scenario rings; wishes that cannot be granted are refused', async t => {
  const peer = await streaming(t)
  const { url } = await startSimulator(t, { VOICE_URL: `${peer.url}/voice` })
  const { scenarios } = await (await fetch(`${url}/simulator/scenarios`)).json() as { scenarios: object[] }
  t.match(scenarios[0], { name: 'balance', line: 'lender', description: String })
  for (const [status, code, wish] of [
    [404, 'SIMULATOR_LINE_UNKNOWN', { line: 'bank', say: 'hello' }],
    [404, 'SIMULATOR_SCENARIO_UNKNOWN', { line: 'lender', scenario: 'menu' }],
    [400, 'SIMULATOR_CALLER_UNCLEAR', { line: 'lender' }],
    [400, 'FST_ERR_VALIDATION', { line: 'lender', say: '' }]
  ] as const) t.match(await post(`${url}/simulator/calls`, wish), { status, body: { code } })
  t.match(await post(`${url}/simulator/mpesa`, { mode: 'wrong-pin' }), { status: 200, body: { mode: 'wrong-pin' } })
  t.match(await post(`${url}/simulator/mpesa`, { mode: 'generous' }), { status: 400, body: { code: 'FST_ERR_VALIDATION' } })
  t.match(await (await fetch(`${url}/simulator/mpesa`)).json(), { modes: ['paid', 'late'], pushes: [] })
  const { body: { callId } } = await post(`${url}/simulator/calls`, { line: 'support', scenario: 'hours' })
  await peer.socket()
  t.same(await (await fetch(`${url}/simulator/calls/${callId as string}`)).json(), { callId, state: 'answered', recording: null })
  t.equal((await fetch(`${url}/simulator/calls/${callId as string}/phone`)).status, 404, 'a scripted caller holds their own phone')
  t.equal((await fetch(`${url}/simulator/calls/HD_000000000000`)).status, 404)
})

t.test('an environment that does not fit is one line, and exit code 78', async t => {
  const { url, child } = await startSimulator(t, { VOICE_URL: 'ftp://x' })
  t.match(url, /^simulator: VOICE_URL: /)
  t.same(await once(child, 'exit'), [78, null])
})
