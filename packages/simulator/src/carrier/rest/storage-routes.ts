import { encodeWav } from '@karani/audio'
import type { FastifyInstance } from 'fastify'
import type { CarrierSwitch } from '../carrier-switch.ts'
import { SAMPLE_RATE_HZ } from '../phone.ts'

/** Where recordings lie: the caller left, what the caller heard right. No key: the id is the secret, as in a presigned URL. */
export async function storageRoutes (app: FastifyInstance, { carrier }: { carrier: CarrierSwitch }): Promise<void> {
  app.get<{ Params: { id: string } }>('/storage/:id.wav', async ({ params }, reply) => {
    const kept = carrier.calls.find(call => call.kept?.id === params.id)?.kept
    if (kept == null) return await reply.code(404).send()
    return await reply.type('audio/wav').send(encodeWav([kept.caller, kept.played], SAMPLE_RATE_HZ))
  })
}
