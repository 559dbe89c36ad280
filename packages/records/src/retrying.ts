import { setTimeout as wait } from 'node:timers/promises'

const MAX_RETRIES = 3
const FIRST_PAUSE_MS = 25

/** PostgreSQL's: serialization failure, deadlock, and the ends of a connection that its server announces. */
const PASSING_CODES: ReadonlySet<unknown> = new Set(['40001', '40P01', '57P01', '57P02', '08003', '08006', 'ECONNRESET', 'EPIPE'])
/** pg has no code for a connection that ended under a query. */
const CONNECTION_ENDED = /^Connection terminated(?: unexpectedly)?$|^Client has encountered a connection error and is not queryable$/

/** Of a server that does not even greet. Its cause is a connection that ended, which we ended. */
const NEVER_CONNECTED = 'Connection terminated due to connection timeout'

/**
 * Does `work` again, at most 3 times, where it failed for a reason that passes: another transaction was in the way, or the
 * connection was lost. For work that may be done twice only: whether a commit under way took effect when the connection was lost,
 * nobody knows. A database that refuses connections, or is too slow, is not asked again: there is a caller on the line.
 */
export async function retrying<T> (work: () => Promise<T>): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await work()
    } catch (err) {
      if (retries === MAX_RETRIES || !isPassing(err)) throw err
      await wait(FIRST_PAUSE_MS * 2 ** retries * (0.5 + Math.random())) // those who got in each other's way do not meet again
    }
  }
}

/** Drizzle wraps what went wrong with a query. */
function isPassing (err: unknown): boolean {
  const { code, message, cause } = err as Error & { code?: unknown }
  if (message === NEVER_CONNECTED) return false
  return PASSING_CODES.has(code) || CONNECTION_ENDED.test(message) || (cause !== undefined && isPassing(cause))
}
