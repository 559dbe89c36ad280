import { dirname, join } from 'node:path'
import websocket from '@fastify/websocket'
import { readLines } from '@karani/lines'
import health from '@karani/plugin-health'
import redis from '@karani/plugin-redis'
import { MAX_CONNECT_BURST_BYTES, SautikitClient, SUBPROTOCOL } from '@karani/sautikit'
import type { FastifyInstance } from 'fastify'
import { readClips, type LineClips } from './call/clips.ts'
import { Pacer } from './call/pacer.ts'
import { ToolsClient } from './call/tools-client.ts'
import { folderOf, type Config } from './config.ts'
import { envelope, NotFoundError } from './errors.ts'
import callMetrics from './plugins/call-metrics.ts'
import callNews from './plugins/call-news.ts'
import calls from './plugins/calls.ts'
import journals from './plugins/journals.ts'
import liveModel from './plugins/live-model.ts'
import permits from './plugins/permits.ts'
import audio from './routes/audio.ts'

declare module 'fastify' {
  interface FastifyInstance {
    clips: ReadonlyMap<string, LineClips>
    pacer: Pacer
    sautikit: SautikitClient
    tools: ToolsClient
  }
}

/** Tool calls of one phone call: how long each may take, how many in all, how many at once. Whoever asks for a person is rung one before the tool is answered. */
const TOOL_LIMITS = { timeoutMs: 3_000, longer: { escalate: 20_000 }, maxCalls: 30, maxConcurrent: 3, waysOut: ['endCall', 'escalate', 'optOut'] }

/** A carrier's message beyond any of these closes its socket; the largest comes whole in at most 300 TCP segments. And how long it may take to answer our close. */
const SOCKET_LIMITS = { maxPayload: MAX_CONNECT_BURST_BYTES, maxFragments: 256, maxBufferedChunks: 1_024, closeTimeout: 2_000 }

export default async function mediaGateway (app: FastifyInstance, config: Config): Promise<void> {
  const lines = readLines(config.LINES_FILE)
  const recordingsFolder = folderOf(config.RECORDINGS_URL)
  app.decorate('clips', readClips(join(dirname(config.LINES_FILE), 'clips'), lines, recordingsFolder !== null))
  app.decorate('pacer', new Pacer())
  app.decorate('tools', new ToolsClient(config.TOOLS_URL, config.CALL_TOKEN_SECRET))
  app.decorate('sautikit', new SautikitClient({ url: config.SAUTIKIT_API_URL, apiKey: config.SAUTIKIT_API_KEY }))
  await app.register(health)
  await app.register(redis, { url: config.REDIS_URL })
  await app.register(calls, { drainTimeoutMs: config.DRAIN_TIMEOUT_MS, maxCalls: config.MAX_CALLS }) // before websocket: its preClose must run first
  await app.register(callMetrics)
  await app.register(callNews)
  await app.register(permits)
  await app.register(journals, { redisUrl: config.REDIS_URL })
  await app.register(liveModel, { url: config.GEMINI_URL, apiKey: config.GEMINI_API_KEY, model: config.GEMINI_MODEL, connectTimeoutMs: 2 * config.MODEL_CONNECT_TIMEOUT_MS }) // the call's own deadline comes first
  await app.register(websocket, { options: { ...SOCKET_LIMITS, perMessageDeflate: false, handleProtocols: () => SUBPROTOCOL } })
  await app.register(audio, {
    lines,
    limits: { connectMs: config.MODEL_CONNECT_TIMEOUT_MS, maxCallMs: config.MAX_CALL_MS },
    toolLimits: TOOL_LIMITS,
    recordingsFolder
  })
  app.setNotFoundHandler(async (request, reply) => await reply.code(404).send(envelope(new NotFoundError()))) // the default one logs the URL, which may hold a ticket
  app.addReadinessCheck('redis', async () => { await app.redis.ping() })
}
