import { readCarrierEvent } from '@karani/sautikit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readBody } from '../webhook-body.ts'
import { stored } from '../within.ts'

/**
 * `POST /events`: the carrier tells what became of a call, at least once and in any order. The facts of a call are a set
 * that only grows, and all it takes to add to it is to be the carrier: an event may come before the first question about
 * its call, or days later. A fact of a call that is not ours lies there unread and expires.
 */
export default async function events (app: FastifyInstance): Promise<void> {
  async function handle (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { callIds, fact, clientRequestId } = readCarrierEvent(readBody(request))
    await stored(app.callState.note(callIds, fact, clientRequestId).then(() => app.callState.settle(callIds)))
    request.log.info({ callId: callIds[0], state: fact.state }, 'event taken')
    return await reply.send()
  }

  app.post('/events', { preValidation: app.fromCarrier('late too') }, handle)
  app.post('/events/:token', { preValidation: app.fromCarrier('late too') }, handle)
}
