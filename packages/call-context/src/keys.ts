import { CallIdInvalidError } from './errors.ts'

const CALL_ID = /^[A-Za-z0-9_-]{1,64}$/

/** All keys of one call share the hash tag `{callId}`: on a Redis Cluster they live in one slot, and one script may touch them. */
export function callKey (callId: string, what: 'context' | 'stream' | 'facts' | 'names' | 'finished'): string {
  if (!CALL_ID.test(callId)) throw new CallIdInvalidError()
  return `call:{${callId}}:${what}`
}

export const DAY_S = 24 * 3600
