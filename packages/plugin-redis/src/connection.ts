import { Redis } from 'ioredis'
import type { FastifyBaseLogger } from 'fastify'

type Log = Pick<FastifyBaseLogger, 'error' | 'info'>

/** A connection that is silent for this long while a reply is due is given up: a frozen server must not gather commands. */
const SILENCE_MS = 5_000
const MAX_RECONNECT_DELAY_MS = 2_000

const PATIENT = {
  connectTimeout: SILENCE_MS,
  retryStrategy: (attempt: number): number => Math.min(25 * 2 ** attempt, MAX_RECONNECT_DELAY_MS) + Math.random() * 25,
  /** After a fail-over the old primary refuses writes: look for the new one. */
  reconnectOnError: (error: Error): boolean => error.message.startsWith('READONLY')
}

/**
 * A connection for commands that somebody waits for: each is answered, or fails, within `commandTimeoutMs`.
 * Without a connection a command fails at once. Nothing is queued, and nothing is sent again behind the caller's back.
 */
export function commandConnection (url: string, commandTimeoutMs: number, log: Log): Redis {
  return reported(new Redis(url, {
    ...PATIENT,
    commandTimeout: commandTimeoutMs,
    socketTimeout: SILENCE_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0
  }), log)
}

/** A connection for BullMQ and for blocking reads: a command waits until Redis is there, and survives a reconnection. */
export function blockingConnection (url: string, log: Log): Redis {
  return reported(new Redis(url, { ...PATIENT, maxRetriesPerRequest: null }), log)
}

/**
 * Logs once when the connection is lost and once when it is back, however many attempts lie between. Of an error only
 * its code is told: its text and fields may hold a command with its arguments.
 */
function reported (redis: Redis, log: Log): Redis {
  let lost = false
  const loss = (code: string): void => {
    if (!lost) log.error({ code }, 'redis is unreachable')
    lost = true
  }
  redis.on('error', (error: Error & { code?: string }) => loss(error.code ?? error.name))
  redis.on('reconnecting', () => loss('CLOSED'))
  redis.on('ready', () => {
    if (lost) log.info('redis is reachable again')
    lost = false
  })
  return redis
}
