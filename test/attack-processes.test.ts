import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { tone } from '@karani/audio'
import { CallContexts, StreamTickets } from '@karani/call-context'
import { recordedPhone, scriptBrain, silentPhone, toneSpeech } from '@karani/simulator'
import { Redis } from 'ioredis'
import pg from 'pg'
import t from 'tap'
import { WebSocket } from 'ws'
import { afterOpening, eventually, loudSpans, settledRecord, silence } from './hearing.ts'
import { LENDER_LINE } from './lines.ts'
import { INSPECTED, liveBytes } from './live-bytes.ts'
import { startWorld } from './world.ts'

const DRAIN_MS = 4_000
/** What a call that is over may still keep: its figures in the metrics. A call that lives keeps 160,000. */
const KEPT_BYTES = 10_000
const killed = ['tools-service', 'webhook-api', 'telephony-worker'] as const

t.test('processes that die, come back, or are told to go', async (t) => {
  const world = await startWorld(t, { brain: scriptBrain({}), env: { DRAIN_TIMEOUT_MS: `${DRAIN_MS}`, ...INSPECTED } })
  const gateway = world.stack.services['media-gateway']
  const redis = new Redis(world.stack.settings['REDIS_URL']!)
  t.teardown(() => redis.disconnect())
  const database = new pg.Client({ connectionString: world.stack.settings['DATABASE_URL'] })
  await database.connect()
  t.teardown(async () => await database.end())

  t.test('every other service is killed during a call: it goes on, and its record is there once they are back', async (t) => {
    const say = toneSpeech({ hz: 1_000, ms: 1_000 })
    world.gemini.next({ createBrain: scriptBrain({ speech: [{ call: [{ id: 'lookup', name: 'getAccount', args: {} }], answered: { say } }] }) })
    const nth = world.gemini.sessions.length + 1
    const call = await world.ring({ phone: recordedPhone(afterOpening(tone(440, 500, 16_000))) })
    const session = await world.gemini.session(nth)
    await Promise.all(killed.map(async name => await world.stack.services[name].kill()))
    const { response } = await session.log.until('tool-response')
    t.match(response, { error: { code: 'UNAVAILABLE' } }, 'the clerk knows that it cannot look it up')
    await session.log.until('turn-complete', 1)
    await eventually('the reply', () => loudSpans(call.recording.played).some(({ fromMs, toMs }) => fromMs > 6_000 && toMs - fromMs > 950) ? true : undefined)
    call.hangUp()
    await call.ended
    await Promise.all(killed.map(async name => await world.stack.start(name, { port: world.stack.services[name].port })))
    t.match(await settledRecord(database, call.sessionId, row => row.ended_by !== null), { ended_by: 'caller', status: 'completed', agent: 'lender' })
  })

  t.test('arguments that name a prototype are refused, and the next lookup works', async (t) => {
    const pollution = JSON.parse('{"__proto__":{"accountId":"LN-1001","verified":true},"constructor":{"prototype":{"verified":true}}}') as Record<string, unknown>
    const nth = world.gemini.sessions.length + 1
    world.gemini.next({ createBrain: scriptBrain({ opening: { call: [{ id: 'polluted', name: 'getAccount', args: pollution }], answered: { call: [{ id: 'clean', name: 'getAccount', args: {} }] } } }) })
    const call = await world.ring({ phone: silentPhone() })
    const session = await world.gemini.session(nth)
    const [first, second] = [await session.log.until('tool-response', 1), await session.log.until('tool-response', 2)]
    t.ok('error' in first.response, JSON.stringify(first.response))
    t.match(second.response, { error: { code: /VERIF/ } }, 'nobody became verified')
    call.hangUp()
    await call.ended
  })

  t.test('hundreds of short calls leave neither memory nor handles in the gateway', async (t) => {
    await shortCalls(redis, gateway.port, 60)
    const before = await footprint(gateway)
    await shortCalls(redis, gateway.port, 200)
    const after = await eventually('the handles to be closed', async () => {
      const now = await footprint(gateway)
      return now.handles <= before.handles + 3 ? now : undefined
    })
    t.ok(after.liveBytes - before.liveBytes < 200 * KEPT_BYTES, `${before.liveBytes} bytes before, ${after.liveBytes} after`)
  })

  t.test('a gateway that is told to go leaves in time, whatever the carrier does, and the record is there', async (t) => {
    const stubborn = await world.stack.start('media-gateway', { env: { DRAIN_TIMEOUT_MS: '500', SAUTIKIT_API_KEY: 'not the key' } })
    const { callId, socket } = await openStream(redis, stubborn.port)
    socket.on('error', () => {})
    socket.pause() // it will answer no closing handshake either
    const talking = setInterval(() => socket.send(Buffer.alloc(640)), 20)
    t.teardown(() => { clearInterval(talking); socket.terminate() })
    process.kill(stubborn.pid, 'SIGTERM')
    t.equal(await stubborn.ended, 'exit code 0')
    t.match(await settledRecord(database, callId, row => row.ended_by !== null), { ended_by: 'shutdown' })
  })

  t.test('a gateway that is told to go lets its call run to the limit, says goodbye, and leaves well', async (t) => {
    const call = await world.ring({ phone: recordedPhone(silence(1_000)) })
    await world.happened(call.sessionId, entry => entry.type === 'model-ready')
    const askedAt = performance.now()
    process.kill(gateway.pid, 'SIGTERM')
    await eventually('not ready', async () => (await fetch(`${gateway.url}/readyz`)).status === 503 ? true : undefined)
    t.ok(performance.now() - askedAt < 1_000, 'at once')
    t.equal((await fetch(`${gateway.url}/healthz`)).status, 200, 'but alive')
    const late = new WebSocket(`${gateway.url.replace('http', 'ws')}/audio/${'x'.repeat(43)}`, ['audio.drachtio.org'])
    late.on('error', () => {})
    t.equal((await once(late, 'unexpected-response'))[1].statusCode, 503, 'no new call enters')
    const clip = await world.happened(call.sessionId, entry => entry.type === 'clip' && entry.clip === 'time-limit')
    t.ok(performance.now() - askedAt > DRAIN_MS - 200, `the call ran on for ${Math.round(performance.now() - askedAt)} ms`)
    t.equal((await call.ended).by, 'api', 'never cut: the carrier was asked to hang up')
    t.ok(loudSpans(call.recording.played).at(-1)!.toMs > clip.atMs + 2_500, 'the goodbye is heard to its end')
    t.equal(await gateway.ended, 'exit code 0')
    t.match(await settledRecord(database, call.sessionId, row => row.ended_by !== null), { ended_by: 'shutdown' })
  })
})

/** A stream of our own to the lender's line. */
async function openStream (redis: Redis, port: number): Promise<{ callId: string, socket: WebSocket }> {
  const callId = `HD_${randomBytes(6).toString('hex')}`
  await new CallContexts(redis).open({ callId, direction: 'inbound', agent: 'lender', line: LENDER_LINE, businessName: 'Tumaini Credit', caller: null, language: 'en-KE', openedAt: new Date().toISOString() })
  const socket = new WebSocket(`ws://127.0.0.1:${port}/audio/${await new StreamTickets(redis).mint(callId)}`, ['audio.drachtio.org'])
  await once(socket, 'message')
  return { callId, socket }
}

/** Calls of a moment, ten at a time, on sockets of our own. */
async function shortCalls (redis: Redis, port: number, count: number): Promise<void> {
  async function shortCall (): Promise<void> {
    const { socket } = await openStream(redis, port)
    for (let n = 0; n < 50; n++) socket.send(Buffer.alloc(640))
    socket.close()
    await once(socket, 'close')
  }
  for (let n = 0; n < count; n += 10) await Promise.all(Array.from({ length: 10 }, shortCall))
  await eventually('the calls to end', async () => /^karani_calls_live 0$/m.test(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()) ? true : undefined)
}

async function footprint ({ pid, logFile }: { pid: number, logFile: string }): Promise<{ liveBytes: number, handles: number }> {
  return { liveBytes: await liveBytes(logFile), handles: (await readdir(`/proc/${pid}/fd`)).length }
}
