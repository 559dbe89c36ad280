import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Test } from 'tap'

/** A door before a Redis server, with an address that stays: shut, connections are cut and refused. */
export class Gate {
  readonly #target: number
  readonly #open = new Set<Socket>()
  #port = 0
  #server: Server | undefined

  constructor (t: Test, target: number) {
    this.#target = target
    t.teardown(() => this.shut())
  }

  get url (): string { return `redis://127.0.0.1:${this.#port}` }

  async open (): Promise<void> {
    const server = createServer(socket => {
      const onward = connect(this.#target, '127.0.0.1')
      for (const [from, to] of [[socket, onward], [onward, socket]] as const) {
        this.#open.add(from)
        from.on('error', () => {}).on('close', () => { this.#open.delete(from); to.destroy() }).pipe(to)
      }
    })
    this.#server = server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    this.#port = (server.address() as AddressInfo).port
  }

  async shut (): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    server.close()
    for (const socket of this.#open) socket.destroy()
    await once(server, 'close')
  }
}
