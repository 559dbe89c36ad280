import { createServer } from 'node:net'

/** Below the range that systems give to outgoing connections (Linux: from 32768), so that a found port stays free until it is used. */
const FIRST_PORT = 10_000
const LAST_PORT = 29_999

/** A loopback TCP port on which nothing listens, chosen at random so that parallel stacks rarely meet. */
export async function freePort (): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT + 1))
    if (await isFree(port)) return port
  }
}

/** True when a server could listen on this loopback port now. */
export async function isFree (port: number): Promise<boolean> {
  return await new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
