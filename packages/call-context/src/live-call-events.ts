import { LiveCallEvent } from '@karani/call-model'
import type { Redis } from 'ioredis'
import { followStream } from './follow-stream.ts'
import { storedJson, type OnCorrupt } from './stored-json.ts'

const STREAM = 'calls:live'
/** About; the oldest events go first. */
const MAX_EVENTS = 10_000

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
    await followStream(this.#redis, STREAM, { fromId, signal }, (text, id) => {
      const event = this.#read(text)
      if (event !== undefined) handler(event, id)
    })
  }
}
