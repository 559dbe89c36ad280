import { pgSchema } from 'drizzle-orm/pg-core'

/** What the business knows and what its callers ask for. Described in `migrations/`; the tables beside this have what the queries need. */
export const business = pgSchema('business')
