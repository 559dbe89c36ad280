import { Queue, UnrecoverableError, Worker } from 'bullmq'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Redis } from 'ioredis'
import { OUTLASTING_A_RESTART } from './job-options.ts'

export const CALL_RECORDS = 'call-records'

/** The wish that the record of a call be written. What is to be written is looked up when the job runs. */
export const CallRecordJob = Type.Object({
  callId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })
})
export type CallRecordJob = Static<typeof CallRecordJob>

/**
 * Who wishes it: media-gateway when the call is over, webhook-api when the carrier has told a new fact of a call that is
 * over. `carrier-3` is the wish that follows the third fact, so that no fact is left out because an earlier wish was
 * being served just then.
 */
export type CallRecordReason = 'media' | `carrier-${number}`

const check = Compile(CallRecordJob)

/** Where wishes are put. `connection` must be one on which commands wait; it stays the caller's to close. */
export function callRecordsQueue (connection: Redis): Queue<CallRecordJob> {
  const queue = new Queue<CallRecordJob>(CALL_RECORDS, { connection, defaultJobOptions: OUTLASTING_A_RESTART })
  return queue.on('error', () => {}) // the connection reports its own troubles, and `add` rejects
}

/** Repeated while an equal wish waits, it changes nothing. */
export async function requestCallRecord (queue: Queue<CallRecordJob>, callId: string, reason: CallRecordReason): Promise<void> {
  await queue.add('write', { callId }, { jobId: `${callId}_${reason}` })
}

/**
 * Serves the wishes, each at least once; a rejection of `write` is tried again later. Job data that does not fit its
 * schema fails for good. `connection` as for the queue; `onError` hears what is no fault of a job.
 */
export function callRecordsWorker (connection: Redis, write: (callId: string) => Promise<void>, onError: (error: Error) => void): Worker<CallRecordJob> {
  const worker = new Worker<CallRecordJob>(CALL_RECORDS, async job => {
    if (!check.Check(job.data)) throw new UnrecoverableError('job data does not fit its schema')
    await write(job.data.callId)
  }, { connection, concurrency: 4 })
  return worker.on('error', onError)
}
