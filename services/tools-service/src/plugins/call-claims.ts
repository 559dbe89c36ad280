import fp from 'fastify-plugin'
import { verifyCallToken, type CallClaims } from '@karani/call-token'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CallTokenMismatchError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** An onRequest hook: lets nobody pass without a token for the call that the URL names, and sets `request.claims`. */
    requireCallToken (request: FastifyRequest): Promise<void>
  }
  interface FastifyRequest {
    /** What the call token vouches for; behind `requireCallToken` only. */
    claims: CallClaims
  }
}

export interface CallClaimsOptions { readonly secret: string, readonly now: () => Date }

async function callClaims (app: FastifyInstance, { secret, now }: CallClaimsOptions): Promise<void> {
  app.decorateRequest('claims')
  app.decorate('requireCallToken', async (request: FastifyRequest) => {
    const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    const claims = await verifyCallToken(token, secret, now())
    const { callId } = request.params as { callId: string }
    if (claims.callId !== callId) throw new CallTokenMismatchError()
    request.claims = claims
  })
}

export default fp(callClaims, { name: 'call-claims', fastify: '5.x' })
