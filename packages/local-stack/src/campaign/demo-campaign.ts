import { createReadStream } from 'node:fs'
import path from 'node:path'
import type { Redis } from 'ioredis'
import { createCampaign, csvRows, enqueueCampaign, remindersQueue, reportRows } from '@karani/campaigns'
import type { Lines } from '@karani/lines'
import type { Campaign, Lead, Records } from '@karani/records'
import type { Page } from '../display/call-lines.ts'
import { until } from '../process/until.ts'
import { PROJECT_FOLDER } from '../project-folder.ts'
import { leadLine, reportTable } from './campaign-lines.ts'

export interface DemoOptions {
  readonly records: Records
  /** On which commands wait. */
  readonly redis: Redis
  readonly lines: Lines
  readonly page: Page
  readonly print: (line: string) => void
}

const NAME = 'the five demo borrowers'
const FILE = path.join(PROJECT_FOLDER, 'demo/due.csv')
const LEADS = 5
/** The longest of the scripted conversations, and some. */
const PATIENCE_MS = 90_000

/** The campaign of the demo borrowers; null where this database has had it, or there is no lender's line. */
export async function createDemoCampaign ({ records, redis, lines }: DemoOptions): Promise<Campaign | null> {
  const line = lines.lines.find(({ agent }) => agent === 'lender')
  if (line === undefined) return null
  const { campaign, isNew } = await createCampaign(records, { name: NAME, line, withoutConsent: 'refuse', key: 'demo' }, csvRows(createReadStream(FILE), 'account'))
  if (!isNew) return null
  const queue = remindersQueue(redis)
  await enqueueCampaign(records, queue, campaign.campaignId)
  await queue.close()
  return campaign
}

/** Prints what becomes of each lead as soon as it is known, and at the end the report. Resolves when nothing is to be done now. */
export async function showDemoCampaign (campaign: Campaign, { records, lines, page, print }: DemoOptions): Promise<void> {
  const { campaignReports } = records
  const told = new Set<string>()
  await until(async () => {
    const leads = await campaignReports.leads(campaign, LEADS)
    for (const lead of leads.filter(isSettled)) {
      if (!told.has(lead.leadId)) print(leadLine(lead, lines.timeZone, page.colors))
      told.add(lead.leadId)
    }
    return leads.every(isSettled)
  }, { timeoutMs: PATIENCE_MS, everyMs: 100 })
  const report = await campaignReports.report(campaign)
  print('')
  for (const line of reportTable(report, reportRows(report, lines), page.colors)) print(line)
}

/** It is done, or has been looked at and waits for another time. */
const isSettled = ({ state, reason, attempts }: Lead): boolean => state === 'done' || (state === 'waiting' && (reason !== null || attempts > 0))
