import { setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'
import { CallContexts, CarrierFacts, FinishedCalls, type CallContext } from '@karani/call-context'
import { Counter } from '@karani/plugin-health'
import { blockingConnection } from '@karani/plugin-redis'
import { callRecordsWorker } from '@karani/queues'
import type { FastifyInstance } from 'fastify'
import { callRecord } from '../call-record.ts'
import { codeOf } from '../error-code.ts'

export interface CallRecordsOptions {
  readonly redisUrl: string
  /** How long jobs under way may take when the service is asked to close; what is cut is served again elsewhere. */
  readonly drainTimeoutMs: number
}

/** A job takes milliseconds; longer than this one waits for something that is away. */
const MAX_DRAIN_MS = 5_000

/**
 * Writes the record of each finished call. A job only names a call: the record is made of what is known when it runs, so
 * jobs may come in any order, more than once and at once. One that fails is tried again later.
 */
async function callRecords (app: FastifyInstance, { redisUrl, drainTimeoutMs }: CallRecordsOptions): Promise<void> {
  const outcomes = new Counter({ name: 'karani_call_record_jobs_total', help: 'Jobs that wrote call records.', labelNames: ['outcome'], registers: [app.metrics] })
  const corruptValues = new Counter({ name: 'karani_corrupt_values_total', help: 'Values in Redis that did not fit their schema and were ignored.', labelNames: ['what'], registers: [app.metrics] })
  const onCorrupt = (what: string): void => corruptValues.inc({ what })
  const contexts = new CallContexts(app.redis, onCorrupt)
  const facts = new CarrierFacts(app.redis, onCorrupt)
  const finishedCalls = new FinishedCalls(app.redis, onCorrupt)

  async function write (callId: string): Promise<void> {
    await app.records.writeCallRecord(callId, async () => {
      const [context, finished, said] = await Promise.all([contextOf(callId), finishedCalls.get(callId), facts.of(callId)])
      return callRecord(callId, { context, finished, facts: said })
    })
    await app.callEnds?.heardOf(callId).catch((err: Error) => app.log.warn({ callId, code: codeOf(err) }, 'the end of a call is not known yet')) // the reconciler asks again
  }

  /** Of a call that we placed and nobody answered, it is under the label that the call was placed with. */
  async function contextOf (callId: string): Promise<CallContext | undefined> {
    for (const name of await facts.namesOf(callId)) {
      const context = await contexts.get(name)
      if (context !== undefined) return context
    }
  }

  const connection = blockingConnection(redisUrl, app.log)
  const worker = callRecordsWorker(connection, write, error => {
    if (connection.status === 'ready') app.log.warn({ code: codeOf(error) }, 'the queue of call records has trouble')
  })
  worker.on('completed', () => outcomes.inc({ outcome: 'written' }))
  worker.on('failed', (job, error) => {
    outcomes.inc({ outcome: 'failed' })
    app.log.warn({ callId: job?.data.callId, attempt: job?.attemptsMade, code: codeOf(error) }, 'call record not written')
  })

  app.addHook('preClose', async () => {
    await Promise.race([worker.pause(), wait(Math.min(drainTimeoutMs, MAX_DRAIN_MS), undefined, { ref: false })])
    await worker.close(true) // without Redis, the gentle way waits for ever
  })
  app.addHook('onClose', async () => connection.disconnect())
}

export default fp(callRecords, { name: 'call-records', fastify: '5.x', dependencies: ['health', 'redis', 'records'] })
