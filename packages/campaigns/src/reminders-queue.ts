import { Queue, UnrecoverableError, Worker, type JobsOptions } from 'bullmq'
import { Compile } from 'typebox/compile'
import type { Redis } from 'ioredis'
import { ReminderJob, type NewLeadJob } from './reminder-job.ts'

export const REMINDERS = 'reminders'

/** Whether and when a lead is tried again, its row says; a job that fails is made anew from there. */
const JOB_OPTIONS: JobsOptions = { attempts: 3, backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 }, removeOnComplete: true, removeOnFail: true }

/** A worker that does not renew the lock of a job for so long has died: others take it. */
const LOCK_MS = 10_000

const check = Compile(ReminderJob)

/** Nobody can be dialled for so long: by any worker, or by this one. */
export interface Lull { readonly ms: number, readonly whose: 'everybody' | 'this worker' }

/** What serves a job. Each may be asked for more than once, and at once: the rows decide. */
export interface ReminderHandlers {
  /** Dials the lead, if it is due and the rules allow it. After a lull the job is served again. */
  dial (leadId: string): Promise<Lull | undefined>
  /** Records a lead of an outside producer; the same lead again is the row that it has. @returns its id */
  record (lead: NewLeadJob): Promise<string>
}

export interface RemindersWorkerOptions {
  /** Of all workers together. */
  readonly jobsPerSecond: number
  readonly concurrency: number
  readonly onError: (error: Error) => void
}

/** Where wishes are put. `connection` must be one on which commands wait; it stays the caller's to close. */
export function remindersQueue (connection: Redis): Queue<ReminderJob> {
  const queue = new Queue<ReminderJob>(REMINDERS, { connection, defaultJobOptions: JOB_OPTIONS })
  return queue.on('error', () => {}) // the connection reports its own troubles, and `add` rejects
}

/** Puts wishes for leads that are rows; in one round trip. Repeated while an equal wish waits, it changes nothing. */
export async function requestDials (queue: Queue<ReminderJob>, leads: ReadonlyArray<{ readonly leadId: string, readonly attempts: number }>): Promise<void> {
  await queue.addBulk(leads.map(({ leadId, attempts }) => ({ name: 'dial', data: { leadId }, opts: { jobId: `${leadId}_${attempts}` } })))
}

/**
 * Serves the wishes. Job data that does not fit its schema fails for good, and so does a job that its worker did not survive three times.
 * `connection` as for the queue.
 */
export function remindersWorker (connection: Redis, { dial, record }: ReminderHandlers, { jobsPerSecond, concurrency, onError }: RemindersWorkerOptions): Worker<ReminderJob> {
  let resuming: NodeJS.Timeout | undefined
  const worker = new Worker<ReminderJob>(REMINDERS, async job => {
    const wish = job.data
    if (!check.Check(wish)) throw new UnrecoverableError('job data does not fit its schema')
    const lull = await dial('leadId' in wish ? wish.leadId : await record(wish))
    if (lull === undefined) return
    if (lull.whose === 'everybody') await worker.rateLimit(lull.ms)
    else rest(lull.ms)
    throw Worker.RateLimitError() // back to where it was; no try of it is spent
  }, { connection, concurrency, limiter: { max: jobsPerSecond, duration: 1_000 }, lockDuration: LOCK_MS, stalledInterval: LOCK_MS / 2, maxStalledCount: 2 })

  function rest (ms: number): void {
    void worker.pause(true)
    clearTimeout(resuming)
    resuming = setTimeout(() => { if (worker.isPaused()) void worker.resume() }, ms).unref()
  }

  worker.on('closing', () => clearTimeout(resuming))
  return worker.on('error', onError)
}
