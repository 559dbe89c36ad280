import { Readable } from 'node:stream'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CampaignLineError, CampaignUnknownError, callsOf, createCampaign, csvRows, objectRows, reportCsv, reportRows } from '@karani/campaigns'
import type { Line, Lines } from '@karani/lines'
import type { Campaign } from '@karani/records'
import { RequestInvalidError } from '../errors.ts'
import { LIST_BODY_BYTES, LIST_ROWS, sayFaults } from './lists.ts'
import { recorded } from './recorded.ts'

const Terms = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  line: Type.String({ minLength: 1, maxLength: 20, description: 'One of our lines, by its agent or its number.' }),
  purpose: Type.Optional(Type.Enum(['reminder', 'collection', 'delivery'], { description: 'Default: reminder on a lender\'s line, delivery on a courier\'s.' })),
  at: Type.Optional(Type.String({ format: 'date-time', description: 'Not before. Default: as soon as the rules allow.' })),
  withoutConsent: Type.Optional(Type.Enum(['fault', 'refuse'], { description: 'Rows without a recorded consent: a fault of the list (default), or taken and then refused by the rules.' }))
})
const NewCampaign = Type.Interface([Terms], { rows: Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: LIST_ROWS, description: 'accountId and phone, or trackingId and phone.' }) })
const Key = Type.Object({ 'idempotency-key': Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]{1,100}$' })) })
const Id = Type.Object({ id: Type.String({ pattern: '^campaign-[0-9a-f]{16}$' }) })
const isTerms = Compile(Terms)

/** `/v1/campaigns`: a list of people to call, and what became of it. */
const campaignRoutes: FastifyPluginAsyncTypebox<{ lines: Lines }> = async (app, { lines }) => {
  app.post('/campaigns', {
    bodyLimit: LIST_BODY_BYTES,
    schema: { summary: 'Make a campaign: rows in JSON, or CSV with the terms in the query', headers: Key, querystring: Type.Partial(Terms), body: { content: { 'application/json': { schema: NewCampaign }, 'text/csv': { schema: Type.String() } } } }
  }, async (request, reply) => {
    const body = request.body as string | Static<typeof NewCampaign>
    const terms: unknown = typeof body === 'string' ? request.query : body
    if (!isTerms.Check(terms)) throw new RequestInvalidError('the query must have name and line')
    const line = lineFor(terms.line, lines)
    const key = request.headers['idempotency-key']
    const rows = typeof body === 'string' ? csvRows(Readable.from([body]), callsOf(line).kind) : objectRows(body.rows)
    return await sayFaults(reply, async () => {
      const { campaign, isNew, leads } = await recorded(createCampaign(app.records, {
        name: terms.name, line, purpose: terms.purpose, dueAt: terms.at === undefined ? undefined : new Date(terms.at), withoutConsent: terms.withoutConsent ?? 'fault', key: key === undefined ? undefined : `api ${key}`
      }, rows))
      if (isNew) app.dialWishes.ofCampaign(campaign.campaignId)
      request.log.info({ campaignId: campaign.campaignId, leads, isNew }, 'campaign accepted')
      reply.code(202)
      return { ...shown(campaign), leads }
    })
  })

  const found = async (id: string): Promise<Campaign> => {
    const campaign = await recorded(app.records.campaignReports.find(id))
    if (campaign === undefined) throw new CampaignUnknownError()
    return campaign
  }
  const status = async (id: string): Promise<object> => {
    const campaign = await found(id)
    return { ...shown(campaign), ...await recorded(app.records.campaignReports.counts(campaign)) }
  }

  app.get('/campaigns/:id', { schema: { summary: 'How many of its leads wait, are being called, or ended and how', params: Id } }, async ({ params }) => await status(params.id))

  app.get('/campaigns/:id/report', { schema: { summary: 'What it came to, in JSON or, with Accept: text/csv, as a table', params: Id } }, async ({ params, headers }, reply) => {
    const { campaign, ...report } = await recorded(app.records.campaignReports.report(await found(params.id)))
    const rows = reportRows({ campaign, ...report }, lines)
    if (headers.accept?.includes('text/csv') === true) return await reply.type('text/csv; charset=utf-8').send(reportCsv(rows))
    return { ...shown(campaign), ...report, figures: Object.fromEntries(rows) }
  })

  for (const turn of ['pause', 'resume', 'cancel'] as const) {
    app.post(`/campaigns/:id/${turn}`, { schema: { summary: `${turn}: again changes nothing`, params: Id } }, async ({ params, log }) => {
      const { campaignId } = await found(params.id)
      const isNews = await recorded(app.records.write(({ campaigns }) => campaigns[turn](campaignId)))
      log.info({ campaignId, turn, isNews }, 'campaign turned')
      return await status(campaignId)
    })
  }
}

const shown = ({ campaignId, name, line, purpose, state, pausedBy, createdAt }: Campaign): object => ({ campaignId, name, line, purpose, state, pausedBy, createdAt })

export function lineFor (wanted: string, { lines }: Lines): Line {
  const line = lines.find(({ agent, number }) => wanted === agent || wanted === number)
  if (line === undefined) throw new CampaignLineError('The lines file has no such line')
  return line
}

export default campaignRoutes
