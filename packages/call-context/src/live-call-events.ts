import { setTimeout as wait } from 'node:timers/promises'
import { LiveCallEvent } from '@karani/call-model'
import type { Redis } from 'ioredis'
import { storedJson, type OnCorrupt } from './stored-json.ts'

const STREAM = 'calls:live'
/** About; the oldest events go first. */
const MAX_EVENTS = 10_000
const BLOCK_MS = 5_000
const RETRY_MS = 500

/** What happens in all calls, as it happens, for whoever watches. Watching neither slows a call nor is promised every event. */
export class LiveCallEvents {
  readonly #redis: Redis
  readonly #read: (text: string | null) => LiveCallEvent | undefined

  constructor (redis: Redis, onCorrupt: OnCorrupt = () => {}) {
    this.#redis = redis
    this.#read = storedJson(LiveCallEvent, 'live-event', onCorrupt)
  }

  /** In one round trip. */
  async publish (...events: readonly LiveCallEvent[]): Promise<void> {
    const pipeline = this.#redis.pipeline()
    for (const event of events) pipeline.xadd(STREAM, 'MAXLEN', '~', MAX_EVENTS, '*', 'event', JSON.stringify(event))
    await pipeline.exec()
  }

  /**
   * Hands each event after `fromId` to `handler`, in order, until `signal` aborts: `0` for all that are kept, `$` for
   * those from now on, or an id that `handler` was given. Uses a connection of its own and rides out a Redis that is away.
   * @throws what `handler` throws
   */
  async follow (fromId: string, handler: (event: LiveCallEvent, id: string) => void, signal: AbortSignal): Promise<void> {
    const connection = readingConnection(this.#redis)
    const stop = (): void => connection.disconnect()
    signal.addEventListener('abort', stop)
    try {
      let lastId = fromId === '$' ? await persist(() => newestId(connection), signal) : fromId
      while (lastId !== undefined && !signal.aborted) {
        const after = lastId
        for (const [id, text] of await persist(() => entriesAfter(connection, after), signal) ?? []) {
          const event = this.#read(text)
          if (event !== undefined && !signal.aborted) handler(event, id)
          lastId = id
        }
      }
    } finally {
      signal.removeEventListener('abort', stop)
      stop()
    }
  }
}

/** Waits for Redis as long as it takes; a server that does not even say that nothing came is given up and sought again. */
function readingConnection (redis: Redis): Redis {
  const connection = redis.duplicate({
    enableOfflineQueue: true, autoResendUnfulfilledCommands: true, maxRetriesPerRequest: null, commandTimeout: undefined, socketTimeout: 2 * BLOCK_MS
  })
  return connection.on('error', () => {}) // the connection it was made from reports the same troubles
}

async function newestId (connection: Redis): Promise<string> {
  const [newest] = await connection.xrevrange(STREAM, '+', '-', 'COUNT', 1)
  return newest?.[0] ?? '0'
}

async function entriesAfter (connection: Redis, id: string): Promise<[id: string, text: string][]> {
  const reply = await connection.xread('COUNT', 100, 'BLOCK', BLOCK_MS, 'STREAMS', STREAM, id)
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
