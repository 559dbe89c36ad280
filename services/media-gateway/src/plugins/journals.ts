import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { FinishedCalls, LiveCallEvents } from '@karani/call-context'
import type { FinishedCall, LiveCallEvent } from '@karani/call-model'
import { blockingConnection } from '@karani/plugin-redis'
import { callRecordsQueue, requestCallRecord } from '@karani/queues'

declare module 'fastify' { interface FastifyInstance { journals: Journals } }

export interface Journals {
  /** For whoever watches; lost when Redis is away. */
  publish (event: LiveCallEvent): void
  /** Kept here until Redis has it. */
  finished (call: FinishedCall): void
}

/** Finished calls that wait for Redis; the oldest is given up beyond this. */
const MAX_WAITING = 1_000
/** Live events of all calls leave together, this often at most: each write to Redis costs as much as a frame of audio. */
const LIVE_BATCH_MS = 50
/** How long a closing process tries to hand over what it holds. */
const CLOSE_MS = 5_000
const RETRY_MS = 1_000

/** Adds `app.journals`: live events and finished calls on their way to Redis. Needs `app.redis`. */
async function journals (app: FastifyInstance, { redisUrl }: { redisUrl: string }): Promise<void> {
  const live = new LiveCallEvents(app.redis)
  let batch: LiveCallEvent[] = []
  const patient = blockingConnection(redisUrl, app.log)
  const finishedCalls = new FinishedCalls(patient)
  const queue = callRecordsQueue(patient)
  const waiting = new Map<string, FinishedCall>()
  let handingOver: Promise<void> | null = null

  /** One call after the other; the connection waits for Redis as long as it takes. */
  async function handOver (): Promise<void> {
    for (const [callId, call] of waiting) {
      await finishedCalls.save(call)
      await requestCallRecord(queue, callId, 'media')
      waiting.delete(callId)
    }
  }

  function startHandOver (): void {
    handingOver ??= handOver()
      .catch((err: Error) => app.log.error({ code: err.name }, 'finished call not handed over yet'))
      .finally(() => {
        handingOver = null
        if (waiting.size > 0) setTimeout(startHandOver, RETRY_MS).unref()
      })
  }

  async function publishBatch (): Promise<void> {
    const events = batch
    batch = []
    await live.publish(...events).catch(() => { /* nobody can watch while Redis is away */ })
  }

  app.decorate('journals', {
    publish (event) { if (batch.push(event) === 1) setTimeout(() => { void publishBatch() }, LIVE_BATCH_MS) },
    finished (call) {
      waiting.set(call.callId, call)
      if (waiting.size > MAX_WAITING) {
        waiting.delete(waiting.keys().next().value!)
        app.log.error('finished call lost: Redis has been away too long')
      }
      startHandOver()
    }
  })

  app.addHook('onClose', async () => {
    await publishBatch()
    startHandOver()
    await Promise.race([handingOver, new Promise(resolve => setTimeout(resolve, CLOSE_MS).unref())])
    if (waiting.size > 0) app.log.error({ lost: waiting.size }, 'finished calls lost at shutdown')
    patient.disconnect()
  })
}
export default fp(journals, { name: 'journals', fastify: '5.x', dependencies: ['redis'] })
