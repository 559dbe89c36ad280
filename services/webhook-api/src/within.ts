import { setTimeout as wait } from 'node:timers/promises'
import { RedisUnavailableError } from './errors.ts'

/** How long a question of the carrier waits for Redis before it is answered without: the caller hears ringing meanwhile, and 500 ms in all is the promise. */
export const REDIS_BUDGET_MS = 300

/** News is not urgent, and the carrier delivers again what was not taken within 10 s. */
const NEWS_BUDGET_MS = 2_000

/**
 * What `work` comes to, if it does so within `limitMs`. Work that is late goes on, and its outcome is not looked at.
 * @throws REDIS_UNAVAILABLE when it is late, else what `work` throws
 */
export async function within<T> (limitMs: number, work: Promise<T>): Promise<T> {
  const settled = new AbortController()
  const late = wait(limitMs, undefined, { signal: settled.signal }).then(() => { throw new RedisUnavailableError() })
  return await Promise.race([work, late]).finally(() => settled.abort())
}

/**
 * Resolves once news is stored for sure.
 * @throws REDIS_UNAVAILABLE when it may not be: then the carrier should deliver it again
 */
export async function stored (news: Promise<void>): Promise<void> {
  try {
    await within(NEWS_BUDGET_MS, news)
  } catch (cause) {
    throw new RedisUnavailableError({ cause })
  }
}
