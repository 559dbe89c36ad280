import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { COUNTRIES, isZoneOf } from '@karani/calling-rules'
import type { Lines } from '@karani/lines'
import { dayAt, isCalendarDay } from '@karani/records'
import { readPhoneNumber } from '@karani/sautikit'
import { AccountUnknownError, RequestInvalidError } from '../errors.ts'
import { recorded } from './recorded.ts'

const Country = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166.' })
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })

const ClosedDay = Type.Object({
  day: Day,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  country: Type.Optional(Type.Enum([...COUNTRIES], { description: 'Default: that of the business.' }))
}, { additionalProperties: false })

const Whereabouts = Type.Object({
  phone: Type.Optional(Type.String({ maxLength: 32 })),
  accountId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  country: Country,
  zone: Type.Optional(Type.String({ maxLength: 64, description: 'IANA. Only with confirmed.' })),
  confirmed: Type.Optional(Type.Boolean({ description: 'A person made sure: from now on only this country\'s rules hold. Default: those of the number\'s country too, whichever are stricter.' }))
}, { additionalProperties: false })

/** `/v1/closed-days` and `/v1/whereabouts`: what the calendars and the numbers do not tell of where people are called. */
const placeRoutes: FastifyPluginAsyncTypebox<{ lines: Lines }> = async (app, { lines }) => {
  app.post('/closed-days', { schema: { summary: 'Nobody is called on this day, from now on', body: ClosedDay } }, async ({ body: { day, name, country = lines.country }, log }) => {
    if (!isCalendarDay(day)) throw new RequestInvalidError('body/day is no day of the calendar')
    await recorded(app.records.write(({ closedDays }) => closedDays.close({ country, day, name })))
    log.info({ country, day }, 'day closed')
    return { country, day, name }
  })

  app.get('/closed-days', { schema: { summary: 'The closed days that are still to come' } }, async () =>
    ({ closedDays: await recorded(app.records.closedDays.since(dayAt(new Date(), lines.timeZone))) }))

  app.delete('/closed-days/:country/:day', { schema: { summary: 'It is a day like others again; again changes nothing', params: Type.Object({ country: Country, day: Day }) } }, async ({ params, log }) => {
    const wasClosed = isCalendarDay(params.day) && await recorded(app.records.write(({ closedDays }) => closedDays.reopen(params)))
    log.info({ ...params, wasClosed }, 'day reopened')
    return { reopened: wasClosed }
  })

  app.post('/whereabouts', { schema: { summary: 'Somebody is, or may be, in another country than their number', body: Whereabouts } }, async ({ body: { phone: given, accountId, country, zone = null, confirmed = false }, log }) => {
    const phone = readPhoneNumber(given)
    if (given !== undefined && phone === null) throw new RequestInvalidError('body/phone is no telephone number')
    const whose = phone !== null ? { phone } : accountId !== undefined ? { accountId } : null
    if (whose === null || (phone !== null && accountId !== undefined)) throw new RequestInvalidError('body must have either phone or accountId')
    if (zone !== null && !confirmed) throw new RequestInvalidError('body/zone is for whereabouts that are confirmed')
    if (zone !== null && !isZoneOf(zone, country)) throw new RequestInvalidError('body/zone is none of those that the calling rules know in this country')
    if (!await recorded(app.records.write(({ whereabouts }) => whereabouts.note(whose, { country, zone, isConfirmed: confirmed })))) throw new AccountUnknownError()
    log.info({ country, confirmed }, 'whereabouts noted')
    return { country, zone, confirmed }
  })
}

export default placeRoutes
