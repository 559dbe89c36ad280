import { Queue, UnrecoverableError, Worker, type JobsOptions } from 'bullmq'
import { Compile } from 'typebox/compile'
import type { Redis } from 'ioredis'
import { ReminderJob, type NewLeadJob } from './reminder-job.ts'

export const REMINDERS = 'reminders'

/** Whether and when a lead is tried again, its row says; a job that fails is made anew from there. */
const JOB_OPTIONS: JobsOptions = { attempts: 3, backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 }, removeOnComplete: true, removeOnFail: true }

const check = Compile(ReminderJob)

/** What serves a job. Each may be asked for more than once, and at once: the rows decide. */
export interface ReminderHandlers {
  /** Dials the lead, if it is due and the rules allow it. */
  dial (leadId: string): Promise<void>
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

/** Serves the wishes. Job data that does not fit its schema fails for good. `connection` as for the queue. */
export function remindersWorker (connection: Redis, { dial, record }: ReminderHandlers, { jobsPerSecond, concurrency, onError }: RemindersWorkerOptions): Worker<ReminderJob> {
  const worker = new Worker<ReminderJob>(REMINDERS, async job => {
    const wish = job.data
    if (!check.Check(wish)) throw new UnrecoverableError('job data does not fit its schema')
    await dial('leadId' in wish ? wish.leadId : await record(wish))
  }, { connection, concurrency, limiter: { max: jobsPerSecond, duration: 1_000 } })
  return worker.on('error', onError)
}
