import type { Test } from 'tap'
import { Redis } from 'ioredis'
import { startRedis } from '@karani/local-stack'

/** A private, empty Redis and a connection to it, both gone with the test. */
export async function emptyRedis (t: Test): Promise<Redis> {
  const server = await startRedis()
  const redis = new Redis(server.url)
  t.teardown(async () => {
    redis.disconnect()
    await server.stop()
  })
  return redis
}
