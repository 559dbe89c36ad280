import type { Redis } from 'ioredis'
import { CallContext } from './call-context.ts'
import { callKey, DAY_S } from './keys.ts'
import { storedJson, type OnCorrupt } from './stored-json.ts'

export interface CallStanding {
  readonly context: CallContext | undefined
  /** A media stream was opened for this call; true also after it ended. */
  readonly streamed: boolean
}

/** The contexts of calls, for a day: any replica can serve the next request of a call. */
export class CallContexts {
  readonly #redis: Redis
  readonly #read: (text: string | null) => CallContext | undefined

  constructor (redis: Redis, onCorrupt: OnCorrupt = () => {}) {
    this.#redis = redis
    this.#read = storedJson(CallContext, 'context', onCorrupt)
  }

  async open (context: CallContext): Promise<void> {
    await this.#redis.set(callKey(context.callId, 'context'), JSON.stringify(context), 'EX', DAY_S)
    if (context.clientRequestId !== undefined) await this.#redis.set(requestKey(context.clientRequestId), context.callId, 'EX', DAY_S)
  }

  async get (callId: string): Promise<CallContext | undefined> {
    return this.#read(await this.#redis.get(callKey(callId, 'context')))
  }

  async standing (callId: string): Promise<CallStanding> {
    const [context = null, stream = null] = await this.#redis.mget(callKey(callId, 'context'), callKey(callId, 'stream'))
    return { context: this.#read(context), streamed: stream !== null }
  }

  /** The context that was opened with this label of an outbound call, whatever id the call had then. */
  async findByClientRequestId (clientRequestId: string): Promise<CallContext | undefined> {
    const callId = await this.#redis.get(requestKey(clientRequestId))
    return callId === null ? undefined : await this.get(callId)
  }
}

const requestKey = (clientRequestId: string): string => `client-request:${clientRequestId}`
