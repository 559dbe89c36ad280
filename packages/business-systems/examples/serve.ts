import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Reply, Request } from './reference-system.ts'

/** What answers requests, behind HTTP. */
export function serve (answer: (request: Request) => Reply | Promise<Reply>): Server {
  return createServer((request, response) => {
    requestOf(request).then(answer).catch((): Reply => ({ status: 400 })).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body))
    }, () => response.destroy())
  })
}

async function requestOf (request: IncomingMessage): Promise<Request> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > 64 * 1024) throw new RangeError('A body this long is none of ours')
  }
  return { method: request.method ?? '', path: request.url ?? '', authorization: request.headers.authorization, body: text === '' ? {} : JSON.parse(text) }
}
