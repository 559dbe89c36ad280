import { emptyDocument, readCarrierEvent } from '@karani/sautikit'
import type { FastifyInstance } from 'fastify'
import type { CallbackSeal } from '../callback-seal.ts'
import { CallbackUrlInvalidError } from '../errors.ts'
import { readBody } from '../webhook-body.ts'
import { stored } from '../within.ts'

const PATH = '/voice/stream-status'

/** Where the carrier tells how the stream of this call goes. */
export const streamStatusUrl = (publicUrl: string, seal: CallbackSeal, callId: string): string => `${publicUrl}${PATH}?call=${seal.seal(callId)}`

/** `POST /voice/stream-status?call=…`: the sealed URL says which call it is and that we asked, since it is not documented whether the body does, or is signed. */
export default async function streamStatus (app: FastifyInstance, { seal }: { seal: CallbackSeal }): Promise<void> {
  app.post<{ Querystring: { call?: unknown } }>(PATH, async (request, reply) => {
    const callId = seal.open(String(request.query.call))
    if (callId === undefined) throw new CallbackUrlInvalidError()
    const { fact } = readCarrierEvent({ ...readBody(request), sessionId: callId })
    await stored(app.callState.note([callId], fact))
    request.log.info({ callId, state: fact.state }, 'stream status taken')
    return await reply.type('application/xml').send(emptyDocument())
  })
}
