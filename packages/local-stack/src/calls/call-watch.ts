import { LiveCallEvents } from '@karani/call-context'
import type { LiveCallEvent } from '@karani/call-model'
import { Redis } from 'ioredis'

/** Watches the calls of a stack through its Redis. Close it at the end. */
export class CallWatch {
  readonly redis: Redis
  readonly #end = new AbortController()

  constructor (redisUrl: string) {
    this.redis = new Redis(redisUrl, { maxRetriesPerRequest: null })
    this.redis.on('error', () => {}) // a Redis that is away comes back, or the stack says that it ended
  }

  /** Now, as a place in the stream of events: ids begin with the server's time in milliseconds. */
  async now (): Promise<string> {
    const [seconds, microseconds] = await this.redis.time()
    return `${Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000)}-0`
  }

  /** Hands on every event after `fromId` until the watch is closed. */
  async follow (fromId: string, handler: (event: LiveCallEvent) => void): Promise<void> {
    await new LiveCallEvents(this.redis).follow(fromId, handler, this.#end.signal)
  }

  close (): void {
    this.#end.abort()
    this.redis.disconnect()
  }
}
