import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Test } from 'tap'

/** A door before a server, which cuts all its connections at a moment of the test's choice: what a process that dies there leaves behind. */
export interface CuttingDoor {
  readonly url: string
  /** Cuts when the client has sent so many more pieces: before the last one passes, or right after. Resolves to whether it has come to that. */
  cut (afterPieces: number, when: 'before' | 'after'): { readonly isDone: boolean, stop (): void }
}

export async function cuttingDoor (t: Test, serverUrl: string): Promise<CuttingDoor> {
  const target = new URL(serverUrl)
  const open = new Set<Socket>()
  let left = Infinity
  let when: 'before' | 'after' = 'before'
  const cutAll = (): void => { for (const socket of open) socket.destroy() }

  const server = createServer(client => {
    const onward = connect(Number(target.port), target.hostname)
    for (const [from, to] of [[client, onward], [onward, client]] as const) {
      open.add(from)
      from.on('error', () => {}).on('close', () => { open.delete(from); to.destroy() })
    }
    onward.pipe(client)
    client.on('data', piece => {
      const isLast = --left === 0
      if (isLast && when === 'before') return cutAll()
      onward.write(piece, () => { if (isLast) cutAll() })
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    cutAll()
  })
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    cut (afterPieces, moment) {
      left = afterPieces
      when = moment
      return { get isDone () { return left <= 0 }, stop () { left = Infinity } }
    }
  }
}
