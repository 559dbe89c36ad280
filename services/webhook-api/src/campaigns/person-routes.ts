import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isOptOut } from '@karani/campaigns'
import type { Lines } from '@karani/lines'
import { dayAt } from '@karani/records'
import { readPhoneNumber } from '@karani/sautikit'
import { AccountUnknownError, RequestInvalidError } from '../errors.ts'
import { lineFor } from './campaign-routes.ts'
import { recorded } from './recorded.ts'

const AccountId = Type.String({ minLength: 1, maxLength: 64 })

const Reminder = Type.Object({
  accountId: AccountId,
  line: Type.Optional(Type.String({ maxLength: 20, description: 'A lender\'s line, by its agent or its number. Default: lender.' })),
  at: Type.Optional(Type.String({ format: 'date-time', description: 'Not before. Default: now.' }))
}, { additionalProperties: false })

const OptOut = Type.Object({
  phone: Type.Optional(Type.String({ maxLength: 32 })),
  accountId: Type.Optional(AccountId),
  channel: Type.Optional(Type.Enum(['sms', 'staff', 'api', 'other'], { description: 'How the person said so. Default: api.' })),
  text: Type.Optional(Type.String({ maxLength: 2_000, description: 'What the person wrote, where that is to decide: see docs/campaigns.md for the words.' }))
}, { additionalProperties: false })

/** `/v1/reminders` and `/v1/opt-outs`: one person at a time. */
const personRoutes: FastifyPluginAsyncTypebox<{ lines: Lines }> = async (app, { lines }) => {
  app.post('/reminders', { schema: { summary: 'Remind one borrower, within the rules; a day has one reminder of an account', body: Reminder } }, async ({ body, log }, reply) => {
    const line = lineFor(body.line ?? 'lender', lines)
    const lead = await recorded(app.records.write(async ({ campaigns }) => {
      const phone = await campaigns.borrowersNumber(body.accountId)
      if (phone === null) throw new AccountUnknownError()
      const name = `reminders ${dayAt(new Date(), lines.timeZone)}`
      const { campaignId } = await campaigns.standing(`${name} ${line.number}`, { name, line: line.number, purpose: 'reminder' })
      const leadId = await campaigns.recordLead({ campaignId, phone, subject: body.accountId, dueAt: body.at === undefined ? null : new Date(body.at) })
      return { campaignId, leadId: leadId! }
    }))
    if (body.at === undefined) app.dialWishes.ofLead(lead.leadId)
    log.info(lead, 'reminder accepted')
    return await reply.code(202).send(lead)
  })

  app.post('/opt-outs', { schema: { summary: 'No more automated calls to this person, from now on', body: OptOut } }, async ({ body: { phone: given, accountId = null, channel = 'api', text }, log }) => {
    const phone = readPhoneNumber(given)
    if (given !== undefined && phone === null) throw new RequestInvalidError('body/phone is no telephone number')
    if (phone === null && accountId === null) throw new RequestInvalidError('body must have phone or accountId')
    if (text !== undefined && !isOptOut(text)) return { optedOut: false }
    if (!await recorded(app.records.write(({ stops }) => stops.record({ phone, accountId, reason: 'opt-out' }, channel, new Date())))) throw new AccountUnknownError()
    log.info({ channel }, 'opt-out taken')
    return { optedOut: true }
  })
}

export default personRoutes
