import { createServer } from 'node:net'

/** Below the range that systems give to outgoing connections (Linux: from 32768), so that a found port stays free until it is used. */
const FIRST_PORT = 10_000
const LAST_PORT = 29_999
/** A test file uses some dozens. */
const PORTS_OF_A_JOB = 500

/** Tests that run at once have ranges of their own: between finding a port and listening on it lie seconds, in which another might find it too. */
const [first, last] = rangeOf(process.env['TAP_JOB_ID'])
let next = first + Math.floor(Math.random() * (last - first + 1))

/** A loopback TCP port on which nothing listens; never the same twice in a process, before the range is used up. */
export async function freePort (): Promise<number> {
  for (;;) {
    const port = next
    next = port === last ? first : port + 1
    if (await isFree(port)) return port
  }
}

function rangeOf (job: string | undefined): [first: number, last: number] {
  if (job === undefined) return [FIRST_PORT, LAST_PORT]
  const start = FIRST_PORT + Number(job) * PORTS_OF_A_JOB % (LAST_PORT + 1 - FIRST_PORT)
  return [start, start + PORTS_OF_A_JOB - 1]
}

/** True when a server could listen on this loopback port now. */
export async function isFree (port: number): Promise<boolean> {
  return await new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
