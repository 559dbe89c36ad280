import createError from '@fastify/error'
import type { RowFault } from './row-faults.ts'
import { MAX_FAULTS } from './stage-list.ts'

/** Rows of a list cannot be taken; nothing of it was. */
export class CampaignRowsError extends createError<[what: string]>('CAMPAIGN_ROWS_FAULTY', '%s', 422) {
  /** The first of them, in the order of the list. */
  readonly faults: readonly RowFault[]
  readonly count: number

  constructor (faults: readonly RowFault[], count: number) {
    super(`${count === 1 ? 'One row' : `${count} rows`} cannot be taken, so none was; correct the list and send all of it again`)
    this.faults = faults
    this.count = count
  }
}

/** @throws CAMPAIGN_ROWS_FAULTY if there is any; `count`: how many there are, also of those that are not among `faults` */
export function throwFaults (faults: readonly RowFault[], count: number): void {
  if (count > 0) throw new CampaignRowsError([...faults].sort((a, b) => a.line - b.line).slice(0, MAX_FAULTS), count)
}

/** The key was used for another campaign, or for the same with other rows. */
export const CampaignConflictError = createError('CAMPAIGN_CONFLICT', 'This key was used for something else; use another, or send what was sent first', 409)

/** The line answers for a business that calls nobody, or not for this purpose. */
export const CampaignLineError = createError<[what: string]>('CAMPAIGN_LINE_UNFIT', '%s', 422)

/** There is no campaign of this id or name. */
export const CampaignUnknownError = createError('CAMPAIGN_UNKNOWN', 'There is no such campaign', 404)
