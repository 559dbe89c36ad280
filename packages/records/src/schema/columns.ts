import { bigint, timestamp } from 'drizzle-orm/pg-core'

/** Money. */
export const minorUnits = () => bigint({ mode: 'number' })
export const instant = () => timestamp({ withTimezone: true, mode: 'date' })
