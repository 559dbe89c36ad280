import { setTimeout as wait } from 'node:timers/promises'
import type { Redis } from 'ioredis'

const BLOCK_MS = 5_000
const RETRY_MS = 500

export interface FollowOptions {
  /** `0` for all that are kept, `$` for those from now on, or the id of an entry. */
  readonly fromId: string
  readonly signal: AbortSignal
}

/**
 * Hands the one field of each entry of a stream to `handler`, in order, until `signal` aborts. Uses a connection of its own
 * and rides out a Redis that is away.
 * @throws what `handler` throws
 */
export async function followStream (redis: Redis, stream: string, { fromId, signal }: FollowOptions, handler: (text: string, id: string) => void): Promise<void> {
  const connection = readingConnection(redis)
  const stop = (): void => connection.disconnect()
  signal.addEventListener('abort', stop)
  try {
    let lastId = fromId === '$' ? await persist(() => newestId(connection, stream), signal) : fromId
    while (lastId !== undefined && !signal.aborted) {
      const after = lastId
      for (const [id, text] of await persist(() => entriesAfter(connection, stream, after), signal) ?? []) {
        if (!signal.aborted) handler(text, id)
        lastId = id
      }
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

/** Waits for Redis as long as it takes; a server that does not even say that nothing came is given up and sought again. */
function readingConnection (redis: Redis): Redis {
  const connection = redis.duplicate({
    enableOfflineQueue: true, autoResendUnfulfilledCommands: true, maxRetriesPerRequest: null, commandTimeout: undefined, socketTimeout: 2 * BLOCK_MS
  })
  return connection.on('error', () => {}) // the connection it was made from reports the same troubles
}

async function newestId (connection: Redis, stream: string): Promise<string> {
  const [newest] = await connection.xrevrange(stream, '+', '-', 'COUNT', 1)
  return newest?.[0] ?? '0'
}

async function entriesAfter (connection: Redis, stream: string, id: string): Promise<[id: string, text: string][]> {
  const reply = await connection.xread('COUNT', 100, 'BLOCK', BLOCK_MS, 'STREAMS', stream, id)
  const [, entries = []] = reply?.[0] ?? []
  return entries.map(([id, [, text = '']]) => [id, text])
}

/** Asks again after a refusal, such as that of a server which is still loading its data; undefined once `signal` aborted. */
async function persist<T> (ask: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  while (!signal.aborted) {
    try {
      return await ask()
    } catch {
      await wait(RETRY_MS, undefined, { signal }).catch(() => {})
    }
  }
}
