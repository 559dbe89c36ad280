import { createHash, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { CallContext } from './call-context.ts'
import { callKey, DAY_S } from './keys.ts'
import { storedJson, type OnCorrupt } from './stored-json.ts'

const TICKET_LIFETIME_S = 60
/** 32 random bytes in base64url. */
const TICKET = /^[A-Za-z0-9_-]{43}$/

/** Keys: the call's context, and the mark that a stream was opened for it. Both have the call's hash tag. */
const OPEN_STREAM = `
  local context = redis.call('GET', KEYS[1])
  if not context then return false end
  if redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[1]) then return context end
  return 'taken'`

/**
 * Tickets to the media socket: unguessable, good once, for 60 s, and at most one of a call's tickets opens its stream.
 * Redis holds only their SHA-256, so that whoever reads it cannot spend them.
 *
 * A ticket names no call, so it cannot share the call's slot on a Redis Cluster. It is therefore spent in two steps, each
 * atomic: the ticket is taken and deleted, which of any number of racing sockets only one can do; then one script on the
 * call's slot claims the stream. If Redis fails between the two, the ticket is gone and no stream is open: closed, not open.
 */
export class StreamTickets {
  readonly #redis: Redis
  readonly #read: (text: string | null) => CallContext | undefined

  constructor (redis: Redis, onCorrupt: OnCorrupt = () => {}) {
    this.#redis = redis
    this.#read = storedJson(CallContext, 'context', onCorrupt)
  }

  async mint (callId: string): Promise<string> {
    const ticket = randomBytes(32).toString('base64url')
    await this.#redis.set(ticketKey(ticket), callId, 'EX', TICKET_LIFETIME_S)
    return ticket
  }

  /** The context of the ticket's call; `unknown` for a ticket that is forged, expired or spent; `taken` when the call has its stream. */
  async spend (ticket: string): Promise<CallContext | 'unknown' | 'taken'> {
    if (!TICKET.test(ticket)) return 'unknown'
    const callId = await this.#redis.getdel(ticketKey(ticket))
    if (callId === null) return 'unknown'
    const claimed = await this.#redis.eval(OPEN_STREAM, 2, callKey(callId, 'context'), callKey(callId, 'stream'), DAY_S) as string | null
    return claimed === 'taken' ? 'taken' : this.#read(claimed) ?? 'unknown'
  }
}

const ticketKey = (ticket: string): string => `stream-ticket:${createHash('sha256').update(ticket).digest('hex')}`
