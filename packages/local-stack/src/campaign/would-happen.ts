import type { Lines } from '@karani/lines'
import type { Decide } from '@karani/records'

/** What the calling rules would say of a row of a dry run now; null: they are not asked, and a dry run tells only whether the rows would be taken. */
export const wouldHappen: ((lines: Lines) => Decide) | null = null
