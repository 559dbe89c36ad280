import { Readable } from 'node:stream'
import { Type, type Static } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CONSENT_COLUMNS, consentRows, importConsents, objectRows } from '@karani/campaigns'
import { LIST_BODY_BYTES, LIST_ROWS, sayFaults } from './lists.ts'
import { recorded } from './recorded.ts'

const Consents = Type.Object({
  rows: Type.Array(Type.Object(Object.fromEntries(CONSENT_COLUMNS.map(name => [name, Type.Optional(Type.String({ maxLength: 4_000 }))])), { additionalProperties: false }), { maxItems: LIST_ROWS, description: 'The columns of docs/campaigns.md.' })
}, { additionalProperties: false })

/** `/v1/consents`: who agreed to be called, how that can be shown, and who took it back. */
const consentRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post('/consents', {
    bodyLimit: LIST_BODY_BYTES,
    schema: { summary: 'Record consents and withdrawals, all or none, in JSON or CSV; the same again changes nothing', body: { content: { 'application/json': { schema: Consents }, 'text/csv': { schema: Type.String() } } } }
  }, async (request, reply) => {
    const body = request.body as string | Static<typeof Consents>
    const rows = typeof body === 'string' ? consentRows(Readable.from([body])) : objectRows(body.rows)
    return await sayFaults(reply, async () => {
      const taken = await recorded(importConsents(app.records, rows))
      request.log.info({ ...taken }, 'consents recorded')
      return taken
    })
  })
}

export default consentRoutes
