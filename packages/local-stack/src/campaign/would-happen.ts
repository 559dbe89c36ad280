import { decider } from '@karani/campaigns'
import type { Lines } from '@karani/lines'
import type { Decide } from '@karani/records'

/** What the calling rules would say of a row of a dry run now. */
export const wouldHappen = ({ country }: Lines): Decide => decider({ countries: [country], tenant: {} })
