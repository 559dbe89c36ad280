import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'

/** Bodies are forms or JSON and stay the bytes that were sent, which is what a signature is about. What they say is read once it is known who says it. */
async function rawBody (app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(['application/x-www-form-urlencoded', 'application/json'], { parseAs: 'buffer' }, (request, body, done) => done(null, body))
}

export default fp(rawBody, { name: 'raw-body', fastify: '5.x' })
