import fp from 'fastify-plugin'
import { verifyWebhook } from '@karani/sautikit'
import type { FastifyInstance, preValidationAsyncHookHandler } from 'fastify'
import { SignatureInvalidError, SignatureMissingError, SignatureStaleError, WebhookTokenInvalidError } from '../errors.ts'
import { sameText } from '../same-text.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Lets a route be reached by the carrier alone, before a byte of the body is read. `fresh` refuses a genuine signature
     * that is older than five minutes. `late too` takes it, and counts it: it is not known whether a retry, which comes up
     * to two days later, is signed anew. What a late request says may only be added to what is known.
     */
    fromCarrier (age: 'fresh' | 'late too'): preValidationAsyncHookHandler
  }
}

export interface Credentials {
  /** Any of them may have signed. */
  readonly signingSecrets: readonly string[]
  /** Last segments of webhook URLs that only the carrier was told, for a carrier whose secret we do not know. A good one makes a signature needless, a bad one is not made up for by a good signature. */
  readonly tokens: readonly string[]
  /** Whoever neither signs nor has a token is let in: for a simulated carrier on the same machine. */
  readonly allowUnsigned: boolean
}

/** Adds `app.fromCarrier`. */
async function carrier (app: FastifyInstance, { signingSecrets, tokens, allowUnsigned }: Credentials): Promise<void> {
  const isToken = (given: string): boolean => tokens.filter(token => sameText(token, given)).length > 0 // asks all, so that time does not tell which

  app.decorate('fromCarrier', age => async request => {
    const { token } = request.params as { token?: string }
    if (token !== undefined) {
      if (!isToken(token)) throw new WebhookTokenInvalidError()
      return
    }
    const header = [request.headers['x-sautikit-signature']].flat().join()
    const rawBody = Buffer.isBuffer(request.body) ? request.body : ''
    const outcome = verifyWebhook({ header, rawBody, secrets: signingSecrets, now: new Date() })
    if (outcome === 'missing' && !allowUnsigned) throw new SignatureMissingError()
    if (outcome === 'invalid') throw new SignatureInvalidError()
    if (outcome === 'stale' && age === 'fresh') throw new SignatureStaleError()
    if (outcome === 'stale') app.counters.lateEvents.inc()
  })
}

export default fp(carrier, { name: 'carrier', fastify: '5.x', dependencies: ['counters', 'raw-body'] })
