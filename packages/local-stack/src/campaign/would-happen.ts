import { decider } from '@karani/campaigns'
import { callingOf, type Line, type Lines } from '@karani/lines'
import type { Decide } from '@karani/records'

/** What the calling rules would say of a row of a dry run from this line now. */
export const wouldHappen = (lines: Lines, line: Line): Decide => decider(callingOf(lines, line))
