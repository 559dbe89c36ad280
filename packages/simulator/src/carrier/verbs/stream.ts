import { randomUUID } from 'node:crypto'
import type { Exchange } from '../exchange.ts'
import type { Lifecycle } from '../lifecycle.ts'
import { MediaStream } from '../media-stream.ts'
import { aborted, pause } from '../pause.ts'
import type { SimulatedCall } from '../simulated-call.ts'
import type { VerbOf } from '../voice-actions.ts'

/**
 * Forks the call's audio to a media server. With `connect` it holds the call: observed in production, verbs after it never
 * run, not even when the server closes. Without, the call drops after about a second, its socket with it.
 */
export async function stream (call: SimulatedCall, exchange: Exchange, lifecycle: Lifecycle, verb: VerbOf<'stream'>, signal: AbortSignal): Promise<void> {
  const { connectDelayMs, afterConnectFailure, afterServerClose, unconnectedMs } = call.behaviour
  const streamId = randomUUID()
  const media = new MediaStream(call, verb, streamId, exchange.random)
  call.media = media
  if (verb.connect !== true) void pause(unconnectedMs, signal).then(() => call.finish('carrier', 'normal_clearing'))
  await pause(connectDelayMs, signal)
  if (signal.aborted) return
  const failure = await media.open()
  if (failure !== null) {
    call.log.add({ type: 'stream-failed', reason: failure })
    lifecycle.streamEdge('StreamError', verb, streamId)
    return await follow(afterConnectFailure, call, signal)
  }
  lifecycle.streamEdge('StreamStarted', verb, streamId)
  const closedByServer = await Promise.race([media.closed, aborted(signal)]) !== undefined
  if (!closedByServer) await (verb.connect === true ? media.close() : media.cut())
  lifecycle.streamEdge('StreamStopped', verb, streamId)
  if (closedByServer) await follow(afterServerClose, call, signal)
}

async function follow (reaction: 'silence' | 'hang up' | 'next verb', call: SimulatedCall, signal: AbortSignal): Promise<void> {
  call.media = null
  if (reaction === 'hang up') call.finish('carrier', 'destination_out_of_order')
  if (reaction === 'silence') await aborted(signal)
}
