import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { rms } from '@karani/audio'
import { WebSocketServer, type WebSocket } from 'ws'
import { silentPhone, startCarrier, type Carrier, type CarrierOptions, type InboundCall, type SimulatedCall } from '../../src/index.ts'

export const LINE = '+254711000001'
export const CALLER = '+254712345678'

export interface Posted { readonly url: string, readonly headers: IncomingMessage['headers'], readonly raw: string, readonly fields: Record<string, string> }
export interface Answer { readonly status?: number, readonly type?: string, readonly body?: string | Buffer }

/** The other side of the carrier, as small as can be: a webhook server and a media server on one port. */
export interface Peer {
  readonly url: string
  readonly media: string
  readonly posts: Posted[]
  /** Sockets in the order of their opening. */
  readonly sockets: WebSocket[]
  socket (): Promise<MediaPeer>
  /** The first post, past or future, to `path` that fits. */
  posted (path: string, fits?: (post: Posted) => boolean): Promise<Posted>
}

export interface MediaPeer {
  readonly socket: WebSocket
  readonly request: IncomingMessage
  readonly texts: string[]
  readonly audio: Buffer[]
  readonly closed: Promise<number>
  /** Everything so far, once it is so much. */
  audioOf (bytes: number): Promise<Buffer>
  /** The first piece that is not silent. */
  speech (): Promise<Buffer>
}

export async function startPeer (t: Test, answer: (post: Posted, n: number) => Answer | Promise<Answer>, { echo = true } = {}): Promise<Peer> {
  const posts: Posted[] = []
  const media: MediaPeer[] = []
  const waiters = new Set<() => void>()
  const changed = (): void => { for (const wake of waiters) wake() }
  const until = async <T>(find: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      await new Promise<void>(resolve => { const wake = (): void => { waiters.delete(wake); resolve() }; waiters.add(wake) })
    }
  }
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const raw = Buffer.concat(chunks).toString()
      const json = request.headers['content-type'] === 'application/json'
      const fields = (json ? JSON.parse(raw) : Object.fromEntries(new URLSearchParams(raw))) as Record<string, string>
      const post = { url: request.url ?? '', headers: request.headers, raw, fields }
      posts.push(post)
      changed()
      const { status = 200, type = 'application/xml', body = '<Response/>' } = await answer(post, posts.filter(({ url }) => url === post.url).length)
      response.writeHead(status, { 'content-type': type }).end(body)
    })()
  })
  const sockets = new WebSocketServer({ server, handleProtocols: echo ? protocols => [...protocols][0] ?? false : () => false })
  sockets.on('connection', (socket, request) => {
    const texts: string[] = []
    const audio: Buffer[] = []
    socket.on('message', (data, isBinary) => {
      if (isBinary) audio.push(data as Buffer)
      else texts.push((data as Buffer).toString())
      changed()
    })
    const closed = new Promise<number>(resolve => socket.on('close', resolve))
    const audioOf = async (bytes: number): Promise<Buffer> => await until(() => { const all = Buffer.concat(audio); return all.length >= bytes ? all : undefined })
    const speech = async (): Promise<Buffer> => await until(() => audio.find(piece => rms(new Int16Array(new Uint8Array(piece).buffer)) > 0.01))
    media.push({ socket, request, texts, audio, closed, audioOf, speech })
    changed()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const client of sockets.clients) client.terminate()
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    media: `ws://127.0.0.1:${port}/audio/ticket`,
    posts,
    get sockets () { return media.map(({ socket }) => socket) },
    socket: async () => await until(() => media[0]),
    posted: async (path, fits = () => true) => await until(() => posts.find(post => post.url.startsWith(path) && fits(post)))
  }
}

export async function start (t: Test, options: Partial<CarrierOptions> & { peer?: Peer } = {}): Promise<Carrier> {
  const { peer, ...rest } = options
  const routing = peer === undefined ? {} : { voiceUrl: `${peer.url}/voice`, eventsUrl: `${peer.url}/events` }
  const carrier = await startCarrier({ numbers: [{ number: LINE, ...routing }], ...rest, behaviour: { connectDelayMs: 0, retryTimeScale: 0.0001, ...rest.behaviour } })
  t.teardown(async () => await carrier.close())
  return carrier
}

export async function ring (carrier: Carrier, call: Partial<InboundCall> = {}): Promise<SimulatedCall> {
  return await carrier.ring({ from: CALLER, to: LINE, phone: silentPhone(), ...call })
}

export function streamTo (url: string, more = ''): Answer {
  return { body: `<?xml version="1.0" encoding="UTF-8"?><Response><Stream url="${url}" track="inbound_track" connect="true" outputSamplingRate="16000" bidirectionalSamplingRate="16000" ${more}/></Response>` }
}
