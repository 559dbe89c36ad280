import pg from 'pg'
import type { Test } from 'tap'
import { startPostgres } from '@karani/local-stack'

/** A private, empty database that ends with the test, and a client that looks into it. */
export async function emptyDatabase (t: Test): Promise<{ url: string, client: pg.Client }> {
  const server = await startPostgres()
  const client = new pg.Client({ connectionString: server.url })
  t.teardown(async () => {
    await client.end()
    await server.stop()
  })
  await client.connect()
  return { url: server.url, client }
}
