import { Type } from 'typebox'

/** Nothing that is said to a caller is longer, or blank. PostgreSQL keeps no NUL. */
export const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' })
/** An id of the business's own, such as `TC-1042`. Read aloud by its letters and digits. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9 _./-]{0,63}$' })
/** E.164. */
export const Phone = Type.String({ pattern: '^\\+[1-9]\\d{6,14}$' })
/** Integers of minor units: 100 are KES 1.00. */
export const MinorUnits = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
/** ISO 4217. */
export const Currency = Type.String({ pattern: '^[A-Z]{3}$' })
/** `2026-11-27`, in the zone of the business: a day that the calendar has. */
export const Day = Type.String({ format: 'date', pattern: '^(19|20)\\d\\d-' })
