import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'

export interface Posted { readonly headers: IncomingHttpHeaders, readonly body: string, readonly json: Record<string, any> }

/** A till that keeps what it is posted, one of each idempotency key, and answers as it is told. */
export interface Till {
  readonly url: string
  /** Everything that came, repetitions too. */
  readonly posts: Posted[]
  /** By idempotency key. */
  readonly tickets: ReadonlyMap<string, Posted>
  /** What the next posts are answered with, then 200. A null is no answer: the connection is cut. */
  answers: Array<number | null>
  /** Resolves once so many posts have come. */
  came (posts: number): Promise<void>
}

export async function startTill (t: Test): Promise<Till> {
  const tickets = new Map<string, Posted>()
  const till = { url: '', posts: [] as Posted[], tickets, answers: [] as Array<number | null>, came }
  const server = createServer((request, response) => {
    void text(request).then(body => {
      const posted: Posted = { headers: request.headers, body, json: JSON.parse(body) as Record<string, any> }
      const answer = till.answers.length > 0 ? till.answers.shift()! : 200
      till.posts.push(posted)
      if (answer === 200) tickets.set(String(request.headers['idempotency-key']), posted)
      server.emit('posted')
      if (answer === null) return request.socket.destroy()
      response.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  till.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`
  return till

  async function came (posts: number): Promise<void> {
    while (till.posts.length < posts) await once(server, 'posted')
  }
}
