import type { JobsOptions } from 'bullmq'

/** Attempts wait 1 s, 2 s, 4 s, ... about 17 minutes together: longer than a database takes to restart. */
export const OUTLASTING_A_RESTART: JobsOptions = {
  attempts: 11,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: { age: 8 * 24 * 3600, count: 10_000 }
}
