import { Type, type Static } from 'typebox'
import type { Lines } from './lines.ts'

/** As in `Date`: the place of a day is its number. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** When a courier brings parcels. */
export const DeliveryService = Type.Object({
  days: Type.Array(Type.Enum(WEEKDAYS), { minItems: 1, uniqueItems: true }),
  /** Until when a delivery of the same day can be changed: 24 hours, in the zone of the file. */
  cutOff: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
  /** How far ahead a delivery can be moved; a week at least, so that there is always such a day. */
  maxDaysAhead: Type.Integer({ minimum: 7, maximum: 90 })
}, { additionalProperties: false })
export type DeliveryService = Static<typeof DeliveryService>

/** Promises no more than any courier keeps. */
const CAREFUL: DeliveryService = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], cutOff: '12:00', maxDaysAhead: 7 }

/** The days and hours of the business, or careful ones where the file does not tell. */
export const deliveryServiceOf = ({ delivery }: Pick<Lines, 'delivery'>): DeliveryService => delivery ?? CAREFUL
