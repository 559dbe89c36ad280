import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Test } from 'tap'

/** Simple queries, and the end of each extended one. */
const ROUND_TRIPS = new Set(['Q', 'S'])

export interface PostgresGate {
  /** The database through the gate. */
  readonly url: string
  /**
   * From here on, round trips of transactions are counted, from `begin` to `commit`, and no others; the answer to the `nth` is held back for ever and `reached` resolves once it is
   * here, so that the server has done what was asked and the asker does not know.
   */
  holdAnswer (nth: number): { readonly reached: Promise<void> }
  /** Round trips since `holdAnswer`. */
  readonly roundTrips: number
}

/** A way to a PostgreSQL server that understands where one question ends. */
export async function postgresGate (t: Test, databaseUrl: string): Promise<PostgresGate> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let roundTrips = 0
  let held = Infinity
  let reach: () => void = () => {}

  const server = createServer(asker => {
    const database = connect(Number(target.port), target.hostname)
    let isHeld = false
    let inTransaction = false
    for (const [socket, other] of [[asker, database], [database, asker]] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => other.destroy())
    }
    const count = messages((type, body) => {
      if (!ROUND_TRIPS.has(type)) return
      const query = type === 'Q' ? body.toString('latin1', 0, body.length - 1) : ''
      if (query === 'begin') inTransaction = true
      if (inTransaction && ++roundTrips === held) isHeld = true
      if (query === 'commit') inTransaction = false
    })
    asker.on('data', data => {
      count(data)
      database.write(data)
    })
    database.on('data', data => {
      if (isHeld) reach()
      else asker.write(data)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const url = new URL(databaseUrl)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    get roundTrips () { return roundTrips },
    holdAnswer (nth) {
      roundTrips = 0
      held = nth
      return { reached: new Promise(resolve => { reach = resolve }) }
    }
  }
}

/** Tells each message of a client, whatever pieces they come in, by its type and what it says; the first message has no type. */
function messages (tell: (type: string, body: Buffer) => void): (data: Buffer) => void {
  let waiting = Buffer.alloc(0)
  let typeBytes = 0
  return data => {
    waiting = Buffer.concat([waiting, data])
    while (waiting.length >= typeBytes + 4) {
      const length = typeBytes + waiting.readUInt32BE(typeBytes)
      if (waiting.length < length) return
      if (typeBytes === 1) tell(String.fromCharCode(waiting[0]!), waiting.subarray(5, length))
      waiting = waiting.subarray(length)
      typeBytes = 1
    }
  }
}
