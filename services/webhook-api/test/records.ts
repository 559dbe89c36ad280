import type { Test } from 'tap'
import { Redis } from 'ioredis'
import { CarrierFacts } from '@karani/call-context'
import { foldCarrierFacts, type CarrierView } from '@karani/call-model'
import { callRecordsQueue } from '@karani/queues'
import type { RedisServer } from '@karani/local-stack'

/** What telephony-worker would find: whose records are asked for, and what the carrier said of a call. */
export function recordsOf (t: Test, { url }: RedisServer): { asked (): Promise<string[]>, view (callId: string): Promise<CarrierView> } {
  const redis = new Redis(url, { maxRetriesPerRequest: null })
  const queue = callRecordsQueue(redis)
  t.teardown(async () => {
    await queue.close()
    redis.disconnect()
  })
  return {
    asked: async () => (await queue.getWaiting()).map(job => job.id!).sort(),
    view: async callId => ({ ...foldCarrierFacts(await new CarrierFacts(redis).of(callId)) })
  }
}
