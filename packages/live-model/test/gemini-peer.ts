import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { IncomingMessage } from 'node:http'
import type { Test } from 'tap'
import { WebSocketServer, type WebSocket } from 'ws'
import { Inbox } from './inbox.ts'

/** The other end of one session. */
export class PeerSession {
  readonly received = new Inbox<any>()
  /** Text frames only, as they came. */
  readonly frames: string[] = []
  readonly closed: Promise<number>

  readonly socket: WebSocket
  readonly request: IncomingMessage

  constructor (socket: WebSocket, request: IncomingMessage) {
    this.socket = socket
    this.request = request
    socket.on('message', (data, isBinary) => {
      if (isBinary) return
      this.frames.push(data.toString())
      this.received.put(JSON.parse(data.toString()))
    })
    this.closed = once(socket, 'close').then(([code]) => code)
  }

  /** As the service does it: JSON in a binary frame. */
  send (message: object): void { this.socket.send(Buffer.from(JSON.stringify(message))) }

  async acceptSetup (): Promise<any> {
    const { setup } = await this.received.next()
    this.send({ setupComplete: {} })
    return setup
  }
}

/** A WebSocket server that says what the test tells it to. */
export async function startPeer (t: Test): Promise<{ url: string, sessions: Inbox<PeerSession> }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: true })
  const sessions = new Inbox<PeerSession>()
  server.on('connection', (socket, request) => sessions.put(new PeerSession(socket, request)))
  await once(server, 'listening')
  t.teardown(async () => {
    for (const socket of server.clients) socket.terminate()
    server.close()
    await once(server, 'close')
  })
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, sessions }
}
