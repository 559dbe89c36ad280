import { Redis } from 'ioredis'
import type { Test } from 'tap'
import { CallContexts } from '@karani/call-context'
import { AMINA, type House, type ToolReply } from './helper.ts'

export const KUKU_CORNER = '+254711000003'

export interface GuestCall {
  /** A tool of the restaurant; `turn`: how often the guest has spoken. */
  tool (tool: string, args?: object, options?: { id?: string, turn?: number, in?: House }): Promise<ToolReply>
}

let calls = 0

/** Who rings the restaurant. Each call is one of its own, with the context that it has in Redis. */
export function guests (t: Test, house: House): (options?: { caller?: string | null, line?: string, callId?: string }) => Promise<GuestCall> {
  const redis = new Redis(house.redisUrl)
  t.teardown(() => redis.disconnect())
  const contexts = new CallContexts(redis)
  return async ({ caller = AMINA, line = KUKU_CORNER, callId = `HD_guest_${calls++}` } = {}) => {
    await contexts.open({
      callId, direction: 'inbound', agent: 'restaurant', line, businessName: 'Kuku Corner', caller, language: 'en-KE', openedAt: '2026-11-21T09:00:00Z'
    })
    return {
      tool: async (tool, args = {}, { id, turn = 1, in: at = house } = {}) =>
        await at.tool(tool, args, { callId, agent: 'restaurant', caller, callerTurn: turn, ...(id !== undefined && { id }) })
    }
  }
}

let numbers = 0
/** A number that nobody has rung from yet. */
export const newNumber = (): string => `+2547${String(10_000_000 + numbers++)}`
