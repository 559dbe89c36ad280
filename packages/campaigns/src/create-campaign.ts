import { createHash } from 'node:crypto'
import type { Queue } from 'bullmq'
import type { Purpose } from '@karani/calling-rules'
import { purposesOf, type Line } from '@karani/lines'
import type { Campaign, Decide, ImportRow, Records, RowPreview, SubjectKind, Writings } from '@karani/records'
import { readRow } from './campaign-rows.ts'
import { CampaignConflictError, CampaignLineError, throwFaults } from './errors.ts'
import type { GivenRow } from './given-rows.ts'
import type { ReminderJob } from './reminder-job.ts'
import { requestDials } from './reminders-queue.ts'
import { NO_ROWS, recordFault } from './row-faults.ts'
import { MAX_FAULTS, stageList } from './stage-list.ts'

export interface CampaignRequest {
  readonly name: string
  /** The number that people see, and whose clerk talks to them. */
  readonly line: Pick<Line, 'number' | 'agent'>
  /** Default: `reminder` on a lender's line, `delivery` on a courier's. */
  readonly purpose?: Purpose | undefined
  /** Not before. Default: as soon as the rules allow. */
  readonly dueAt?: Date | undefined
  /** A row without a consent on record is a fault, or is taken and then refused by the rules, with its reason. */
  readonly withoutConsent: 'fault' | 'refuse'
  /** Whoever asks again with the same key for the same gets the same campaign. */
  readonly key?: string | undefined
}

/** `isNew`: false when it was asked for before. */
export interface CreatedCampaign { readonly campaign: Campaign, readonly isNew: boolean, readonly leads: number }

const QUEUE_BATCH = 500

/**
 * What the calls of this line are about, and for which purposes it calls, the usual one first.
 * @throws CAMPAIGN_LINE_UNFIT when it calls nobody
 */
export function callsOf ({ agent }: Pick<Line, 'agent'>): { readonly kind: SubjectKind, readonly purposes: readonly Purpose[] } {
  const purposes = purposesOf({ agent })
  if (purposes.length === 0) throw new CampaignLineError(`The line is answered by ${agent}, who calls nobody; choose a lender's or a courier's line`)
  return { kind: purposes.includes('delivery') ? 'parcel' : 'account', purposes }
}

/**
 * Makes a campaign and its leads, or nothing: any row that cannot be taken takes the others with it. Rows are read as they are
 * written, so a million of them need no more memory than a thousand. What is due is put into the queue by `enqueueCampaign`, or within a
 * minute by a worker.
 * @throws CAMPAIGN_ROWS_FAULTY with the faults, CAMPAIGN_CONFLICT, CAMPAIGN_LINE_UNFIT
 */
export async function createCampaign (records: Records, request: CampaignRequest, rows: AsyncIterable<GivenRow>, onProgress?: (rows: number) => void): Promise<CreatedCampaign> {
  return await records.write(async writings => await create(writings, request, rows, onProgress))
}

/** What `createCampaign` would say, and what `decide`, if it is given, says of each row if it were dialled now. Nothing stays. */
export async function rehearseCampaign (records: Records, request: CampaignRequest, rows: AsyncIterable<GivenRow>, decide: Decide | null, onRow: (row: RowPreview) => void): Promise<CreatedCampaign> {
  return await records.rehearse(async writings => {
    const created = await create(writings, { ...request, key: undefined }, rows)
    if (decide !== null) for await (const row of writings.campaignImport.preview(created.campaign.campaignId, decide)) onRow(row)
    return created
  })
}

/** Puts what of a new campaign is due into the queue, the first 10,000 of it; a worker puts in the others as there is room. @returns how many */
export async function enqueueCampaign (records: Records, queue: Queue<ReminderJob>, campaignId: string): Promise<number> {
  const leads = await records.write(({ campaignImport }) => campaignImport.firstToQueue(campaignId))
  for (let queued = 0; queued < leads.length; queued += QUEUE_BATCH) await requestDials(queue, leads.slice(queued, queued + QUEUE_BATCH))
  return leads.length
}

async function create (writings: Writings, { name, line, dueAt, withoutConsent, key, purpose: wanted }: CampaignRequest, rows: AsyncIterable<GivenRow>, onProgress = (_: number): void => {}): Promise<CreatedCampaign> {
  const { campaignImport } = writings
  const { kind, purposes } = callsOf(line)
  const purpose = wanted ?? purposes[0]!
  if (!purposes.includes(purpose)) throw new CampaignLineError(`The line calls for ${purposes.join(' or ')}, not for ${purpose}`)
  const asked = createHash('sha256').update(JSON.stringify([name, line.number, purpose, dueAt ?? null, withoutConsent]))
  const earlier = key === undefined ? undefined : await campaignImport.earlier(key)
  let position = 0
  const { count, faults, faultCount } = await stageList<ImportRow>(rows, given => {
    asked.update(JSON.stringify(given))
    const row = 'fault' in given ? given : readRow(given.line, given.fields, kind)
    return 'fault' in row ? row : { position: ++position, line: given.line, ...row }
  }, async batch => { if (earlier === undefined) await campaignImport.stage(batch) }, onProgress)

  const hash = asked.digest('hex')
  if (earlier !== undefined) {
    if (earlier.requestHash !== hash) throw new CampaignConflictError()
    return { campaign: earlier, isNew: false, leads: count }
  }
  if (count === 0) throwFaults([NO_ROWS], 1)
  const { faults: ofRecords, count: more } = await campaignImport.faults(kind, purpose, withoutConsent === 'fault', MAX_FAULTS)
  throwFaults([...faults, ...ofRecords.map(fault => recordFault(fault, kind))], faultCount + more)
  const campaign = await campaignImport.start({ name, line: line.number, purpose, dueAt: dueAt ?? null, request: key === undefined ? null : { key, hash } })
  return { campaign, isNew: true, leads: count }
}
