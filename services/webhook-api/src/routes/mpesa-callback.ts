import { readStkCallback } from '@karani/mpesa'
import type { FastifyInstance } from 'fastify'
import { NotFoundError } from '../errors.ts'
import { sameText } from '../same-text.ts'
import { readBody } from '../webhook-body.ts'
import { stored } from '../within.ts'

/** Daraja sends about 700. */
const MAX_BODY_BYTES = 4 * 1024

/** Which of our requests named this URL; callbacks that name none are claims too. */
const INTENT_ID = /^[A-Za-z0-9_-]{1,64}$/

const ACCEPTED = { ResultCode: 0, ResultDesc: 'Accepted' }

/**
 * `POST /mpesa/callback/{secret}/{intentId}`: Daraja tells how a request for a payment ended. It signs nothing; all that speaks for a
 * callback is that its sender knows the URL, so it is passed on as a claim, which tools-service compares with what it asked
 * for. Whoever does not know the secret finds nothing here.
 */
export default async function mpesaCallback (app: FastifyInstance, { secret }: { secret: string }): Promise<void> {
  app.post<{ Params: { secret: string, intentId?: string } }>('/mpesa/callback/:secret/:intentId?', {
    bodyLimit: MAX_BODY_BYTES,
    onRequest: async request => { // before anything of the body is looked at: no answer but one tells that there is a route
      if (!sameText(request.params.secret, secret)) throw new NotFoundError()
    }
  }, async (request, reply) => {
    const callback = readStkCallback(readBody(request))
    const { intentId } = request.params
    await stored(app.checkPayment({ ...callback, intentId: intentId !== undefined && INTENT_ID.test(intentId) ? intentId : null }))
    app.counters.paymentClaims.inc({ state: callback.outcome.state })
    request.log.info({ merchantRequestId: callback.merchantRequestId, state: callback.outcome.state }, 'payment claim taken')
    return await reply.send(ACCEPTED)
  })
}
