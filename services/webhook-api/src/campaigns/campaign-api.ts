import swagger from '@fastify/swagger'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import records from '@karani/plugin-records'
import type { Lines } from '@karani/lines'
import type { FastifyInstance } from 'fastify'
import { ApiTokenError, RequestInvalidError } from '../errors.ts'
import { sameText } from '../same-text.ts'
import campaignRoutes from './campaign-routes.ts'
import consentRoutes from './consent-routes.ts'
import dialWishes from './dial-wishes.ts'
import personRoutes from './person-routes.ts'
import placeRoutes from './place-routes.ts'

export interface CampaignApiOptions {
  readonly lines: Lines
  readonly databaseUrl: string
  readonly redisUrl: string
  /** Whoever has any of them may have people called. */
  readonly tokens: readonly string[]
}

/** So long a request waits for the database before it is told to come again. */
const DATABASE_TIMEOUTS = { connectTimeoutMs: 1_000, statementTimeoutMs: 2_000 }

/**
 * The campaign API: for the business's own systems, behind a token and a private ingress. It needs the database, and nothing else of this
 * service does: it is no part of being ready. What it accepts is a row before it answers; the queue is told afterwards, if it is there.
 */
export default async function campaignApi (app: FastifyInstance, { lines, databaseUrl, redisUrl, tokens }: CampaignApiOptions): Promise<void> {
  await app.register(records, { url: databaseUrl, ...DATABASE_TIMEOUTS })
  await app.register(dialWishes, { redisUrl })
  await app.register(swagger, { openapi: { info: { title: 'Karani: campaigns', version: '1' }, components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } }, security: [{ token: [] }] } })
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  app.setSchemaErrorFormatter(([first], part) => new RequestInvalidError(`${part}${first?.instancePath ?? ''} ${first?.message ?? 'does not fit'}`))
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'))
  app.addContentTypeParser('text/csv', { parseAs: 'string' }, (request, body, done) => done(null, body))

  app.get('/documentation', { schema: { hide: true } }, async () => app.swagger())
  await app.register(async api => {
    api.addHook('onRequest', async request => {
      const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
      if (tokens.filter(token => sameText(token, given)).length === 0) throw new ApiTokenError() // asks all, so that time does not tell which
    })
    await api.register(campaignRoutes, { lines })
    await api.register(consentRoutes)
    await api.register(personRoutes, { lines })
    await api.register(placeRoutes, { lines })
  }, { prefix: '/v1' })
}
