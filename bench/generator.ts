import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { readFrameMark } from './frame-mark.ts'
import { CYCLE_MS, FRAME_MS, SimulatedCall } from './simulated-call.ts'
import { emptyTally, type Tally } from './tally.ts'

/** Replies begin when the longest opening has been played. */
const OPENING_MS = 7_000
/** Streams are opened so far apart, that ringing is no burst. */
const BETWEEN_CALLS_MS = 10
const LOOP_RESOLUTION_MS = 1

export type Command =
  | { do: 'start' }
  /** The calls come up and are left to run until each has had a reply. */
  | { do: 'ring', urls: string[], rateHz: number }
  | { do: 'measure', seconds: number }
  | { do: 'hang-up' }

export interface Measured { readonly tally: Tally, readonly loopDelayP99Ms: number, readonly cpuShare: number }

/** The world around the process under test, as a process of its own: the carrier's and the model's end of every call, minimal. */
const setupComplete = Buffer.from('{"setupComplete":{}}')
/** Once in each call, so that what the clerk says is a figure that a tool returned, as it should be. */
const askBalance = Buffer.from(JSON.stringify({ toolCall: { functionCalls: [{ id: 'balance', name: 'getAccount', args: {} }] } }))
const tools = createServer((request, response) => {
  request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{"id":"balance","output":{"balanceKes":4200}}'))
}).listen(0, '127.0.0.1')
await once(tools, 'listening')
const model = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
let calls: SimulatedCall[] = []

model.on('connection', socket => {
  socket.on('message', (message: Buffer) => {
    const mark = readFrameMark(message)
    if (mark !== null) calls[mark.call]?.arrived(mark.sequence, socket)
    else if (message.includes('"setup"')) {
      socket.send(setupComplete)
      socket.send(askBalance)
    }
  })
})

setInterval(() => {
  const nowMs = performance.now()
  for (const call of calls) call.tick(nowMs)
}, 1)

async function ring (urls: string[], rateHz: number): Promise<void> {
  const startMs = performance.now()
  const spread = (periodMs: number, index: number): number => startMs + periodMs * index / urls.length
  for (const [index, url] of urls.entries()) {
    calls.push(new SimulatedCall({ index, url, rateHz, firstFrameAtMs: spread(FRAME_MS, index), firstReplyAtMs: spread(CYCLE_MS, index) + OPENING_MS }, emptyTally()))
    await sleep(BETWEEN_CALLS_MS)
  }
  await sleep(startMs + OPENING_MS + CYCLE_MS - performance.now())
  const down = calls.filter(call => !call.isUp).length
  if (down > 0) throw new Error(`${down} of ${urls.length} calls did not come up`)
}

async function measure (seconds: number): Promise<Measured> {
  const tally = emptyTally()
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS })
  const startMs = performance.now()
  const before = process.cpuUsage()
  for (const call of calls) call.tally = tally
  loop.enable()
  await sleep(seconds * 1000)
  loop.disable()
  for (const call of calls) call.tally = emptyTally()
  const { user, system } = process.cpuUsage(before)
  return {
    tally,
    loopDelayP99Ms: Math.max(0, loop.percentile(99) / 1e6 - LOOP_RESOLUTION_MS),
    cpuShare: (user + system) / 1000 / (performance.now() - startMs)
  }
}

async function hangUp (): Promise<void> {
  const ending = calls
  calls = []
  await Promise.all(ending.map(async call => await call.hangUp()))
}

const portOf = (server: { address (): unknown }): number => (server.address() as AddressInfo).port

async function perform (command: Command): Promise<object> {
  switch (command.do) {
    case 'start': return { modelUrl: `ws://127.0.0.1:${portOf(model)}`, toolsUrl: `http://127.0.0.1:${portOf(tools)}` }
    case 'ring': await ring(command.urls, command.rateHz); return {}
    case 'measure': return await measure(command.seconds)
    case 'hang-up': await hangUp(); return {}
  }
}

process.on('message', (command: Command) => { void perform(command).then(answer => process.send!(answer)) })
process.on('disconnect', () => process.exit())
