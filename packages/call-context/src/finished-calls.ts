import { FinishedCall } from '@karani/call-model'
import type { Redis } from 'ioredis'
import { callKey, DAY_S } from './keys.ts'
import { storedJson, type OnCorrupt } from './stored-json.ts'

const LIFETIME_S = 7 * DAY_S

/** What media-gateway knows of each finished call, for a week: until telephony-worker has written it, and late facts of the carrier have joined it. */
export class FinishedCalls {
  readonly #redis: Redis
  readonly #read: (text: string | null) => FinishedCall | undefined

  constructor (redis: Redis, onCorrupt: OnCorrupt = () => {}) {
    this.#redis = redis
    this.#read = storedJson(FinishedCall, 'finished-call', onCorrupt)
  }

  async save (call: FinishedCall): Promise<void> {
    await this.#redis.set(callKey(call.callId, 'finished'), JSON.stringify(call), 'EX', LIFETIME_S)
  }

  async get (callId: string): Promise<FinishedCall | undefined> {
    return this.#read(await this.#redis.get(callKey(callId, 'finished')))
  }

  async has (callId: string): Promise<boolean> {
    return await this.#redis.exists(callKey(callId, 'finished')) === 1
  }
}
