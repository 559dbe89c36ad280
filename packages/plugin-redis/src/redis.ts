import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'
import type { Redis } from 'ioredis'
import { commandConnection } from './connection.ts'

declare module 'fastify' { interface FastifyInstance { redis: Redis } }

export interface RedisPluginOptions {
  /** `redis:` or `rediss:`; may carry a password. */
  readonly url: string
  /** How long a command may take before it fails. */
  readonly commandTimeoutMs?: number
}

/** Boot waits this long for the first connection, so that the first request finds one. A service without Redis still starts. */
const BOOT_WAIT_MS = 1_000

/** Adds `app.redis`. A Redis that is away makes commands fail, fast; it never ends the process and is reconnected to for ever. */
async function redis (app: FastifyInstance, { url, commandTimeoutMs = 1_000 }: RedisPluginOptions): Promise<void> {
  const connection = commandConnection(url, commandTimeoutMs, app.log)
  app.decorate('redis', connection)
  app.addHook('onClose', async () => connection.disconnect())
  await connected(connection)
}

async function connected (connection: Redis): Promise<void> {
  const settled = new AbortController()
  const { signal } = settled
  await Promise.race([once(connection, 'ready', { signal }), wait(BOOT_WAIT_MS, undefined, { signal })]).catch(() => {})
  settled.abort()
}

export default fp(redis, { name: 'redis', fastify: '5.x' })
