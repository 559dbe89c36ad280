import type { Redis } from 'ioredis'

export interface PermitLimits {
  /** As many calls may talk to a model at once. */
  readonly sessions: number
  /** Of these, for people who call us. */
  readonly inboundReserve: number
}

const KEY = 'model-permits'

/** Holders and the end of their leases, on the clock of Redis. A holder that has one gets it renewed. Limit -1: whatever the others hold. */
const TAKE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  local limit = tonumber(ARGV[3])
  if limit >= 0 and not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= limit then return 0 end
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], 3600000)
  return 1`

/**
 * Who talks to a model, or is about to, in all processes: so that nobody is rung whom no clerk could talk to. A permit is a lease; what a
 * process that died held is free when it runs out, and what Redis lost is there again with the next renewal. A call we place has one from
 * before it is reserved, under its attempt's id; whoever calls us is never turned away for want of one, and counts.
 */
export class ModelPermits {
  readonly #redis: Redis
  readonly #limits: PermitLimits

  constructor (redis: Redis, limits: PermitLimits = { sessions: 0, inboundReserve: 0 }) {
    this.#redis = redis
    this.#limits = limits
  }

  /** For a call that is to be placed. @returns whether there is one, beside those that are kept for people who call */
  async take (holder: string, leaseMs: number): Promise<boolean> {
    const { sessions, inboundReserve } = this.#limits
    return await this.#redis.eval(TAKE, 1, KEY, holder, leaseMs, Math.max(0, sessions - inboundReserve)) === 1
  }

  /** For a call that is there; again before the lease runs out. */
  async hold (holder: string, leaseMs: number): Promise<void> {
    await this.#redis.eval(TAKE, 1, KEY, holder, leaseMs, -1)
  }

  async release (holder: string): Promise<void> {
    await this.#redis.zrem(KEY, holder)
  }
}
