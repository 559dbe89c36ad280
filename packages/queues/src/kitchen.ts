import { Queue, UnrecoverableError, Worker, type JobsOptions } from 'bullmq'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Redis } from 'ioredis'

export const KITCHEN = 'kitchen'

/** The wish that the kitchen be told of an order. What it is told is looked up when the job runs. */
export const KitchenJob = Type.Object({
  orderId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })
})
export type KitchenJob = Static<typeof KitchenJob>

/** Whoever serves the wish decides when it is too late; a job that ends some other way is put here again. */
const JOB_OPTIONS: JobsOptions = { attempts: 1_000, backoff: { type: 'custom' }, removeOnComplete: true, removeOnFail: true }

/** 1 s, 2 s, 4 s, ... : a till that restarts is back soon, and food does not wait for one that does not. */
const MAX_WAIT_MS = 30_000
const waitMs = (attempt: number): number => Math.min(1_000 * 2 ** (attempt - 1), MAX_WAIT_MS) * (0.75 + Math.random() / 4)

const check = Compile(KitchenJob)

/** Where wishes are put. `connection` must be one on which commands wait; it stays the caller's to close. */
export function kitchenQueue (connection: Redis): Queue<KitchenJob> {
  const queue = new Queue<KitchenJob>(KITCHEN, { connection, defaultJobOptions: JOB_OPTIONS })
  return queue.on('error', () => {}) // the connection reports its own troubles, and `add` rejects
}

/** Repeated while the same wish waits, it changes nothing. */
export async function requestKitchen (queue: Queue<KitchenJob>, orderId: string): Promise<void> {
  await queue.add('tell', { orderId }, { jobId: orderId })
}

/**
 * Serves the wishes, each at least once; a rejection of `tell` is tried again after 1 s, 2 s, ... 30 s. Job data that does not fit its
 * schema fails for good. `connection` as for the queue; `onError` hears what is no fault of a job.
 */
export function kitchenWorker (connection: Redis, tell: (orderId: string) => Promise<void>, onError: (error: Error) => void): Worker<KitchenJob> {
  const worker = new Worker<KitchenJob>(KITCHEN, async job => {
    if (!check.Check(job.data)) throw new UnrecoverableError('job data does not fit its schema')
    await tell(job.data.orderId)
  }, { connection, concurrency: 4, settings: { backoffStrategy: waitMs } })
  return worker.on('error', onError)
}
