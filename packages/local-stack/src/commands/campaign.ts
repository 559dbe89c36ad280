import path from 'node:path'
import { Redis } from 'ioredis'
import { CampaignUnknownError, callsOf, createCampaign, csvRows, enqueueCampaign, rehearseCampaign, remindersQueue, reportCsv, reportRows, type CampaignRequest } from '@karani/campaigns'
import { readLines, type Line, type Lines } from '@karani/lines'
import { Records, type Campaign } from '@karani/records'
import { clockLine, forecastLine, previewLine, reportTable, statusLines } from '../campaign/campaign-lines.ts'
import { readCampaignWish, type CampaignWish } from '../campaign/campaign-wish.ts'
import { withListFile } from '../campaign/list-file.ts'
import { recordPeople } from '../campaign/record-people.ts'
import { tendPlaces } from '../campaign/place-lines.ts'
import type { PlaceWish } from '../campaign/place-wish.ts'
import { wouldHappen } from '../campaign/would-happen.ts'
import { plain } from '../display/text.ts'
import { terminalPage } from '../display/terminal.ts'
import { UsageError } from '../errors.ts'
import { PROJECT_FOLDER } from '../project-folder.ts'
import { readStackFile } from '../stack/stack-file.ts'
import { runCommand } from './run-command.ts'
import { dataDir, loadEnvFile } from './settings.ts'

/** A million rows take minutes. */
const STATEMENT_TIMEOUT_MS = 30 * 60_000
/** The queue is a hint: a worker fills it within a minute. */
const QUEUE_WAIT_MS = 10_000
const LISTED = 20
const { colors } = terminalPage()

await runCommand(async () => {
  const wish = readCampaignWish(process.argv.slice(2))
  loadEnvFile()
  const { databaseUrl, redisUrl, linesFile } = await serversOf(process.env)
  const lines = readLines(linesFile)
  const records = new Records({ url: databaseUrl, maxConnections: 2, statementTimeoutMs: STATEMENT_TIMEOUT_MS })
  try {
    await records.ping().catch(({ code, message }) => { throw new UsageError(`see that the database is up and that DATABASE_URL is right: ${message || code}`) })
    if (wish.do === 'create') await create(wish, records, lines, redisUrl)
    else if (wish.do === 'consents' || wish.do === 'stop' || wish.do === 'stops') await recordPeople(wish, records)
    else if (isPlaceWish(wish)) for (const text of await tendPlaces(wish, records, lines)) console.log(text)
    else await look(wish, records, lines)
  } finally {
    await records.close()
  }
})

/** Those of the environment, else those of the stack that runs here. */
async function serversOf ({ DATABASE_URL, REDIS_URL, LINES_FILE }: NodeJS.ProcessEnv): Promise<{ databaseUrl: string, redisUrl: string, linesFile: string }> {
  if (DATABASE_URL && REDIS_URL) return { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL, linesFile: path.resolve(PROJECT_FOLDER, LINES_FILE || 'config/lines.json') }
  return await readStackFile(dataDir())
}

type CreateWish = CampaignWish & { do: 'create' }

function isPlaceWish (wish: CampaignWish): wish is PlaceWish {
  return ['close', 'reopen', 'closed', 'where'].includes(wish.do)
}

async function create (wish: CreateWish, records: Records, lines: Lines, redisUrl: string): Promise<void> {
  const line = lineFor(wish.line, lines)
  const request: CampaignRequest = { name: wish.name, line, purpose: wish.purpose, dueAt: wish.at, withoutConsent: wish.withoutConsent, key: `command ${wish.name}` }
  const { kind } = callsOf(line)
  await withListFile(wish.file, async ({ read, onProgress }) => {
    const ignored: string[] = []
    const rows = csvRows(read(), kind, columns => ignored.push(...columns))
    const told = (): string => ignored.length === 0 ? '' : `\nNot looked at: the columns ${ignored.map(plain).join(', ')}.`
    if (wish.dryRun) {
      const { at, offsetMs } = await records.campaignReports.clock()
      if (offsetMs !== 0) console.log(`${clockLine(at, lines.timeZone)}\n`)
      const { leads } = await rehearseCampaign(records, request, rows, wouldHappen(lines, line), row => console.log(previewLine(row, colors)))
      console.log(`\n${leads} rows would be taken; nothing was written. ${forecastLine(leads, lines)}${told()}\nTo do it: the same without --dry-run.`)
      return
    }
    const { campaign, isNew, leads } = await createCampaign(records, request, rows, onProgress)
    if (!isNew) return console.log(`\n${leads} rows: this campaign is there already, and nothing was changed. Next: npm run campaign -- status '${campaign.name}'`)
    const queued = await enqueue(records, redisUrl, campaign)
    console.log(`\n${leads} rows taken, ${queued} of them queued. ${forecastLine(leads, lines)}${told()}\nNext: npm run campaign -- status '${campaign.name}'`)
  })
}

function lineFor (wanted: string, { lines }: Lines): Line {
  const line = lines.find(({ agent, number }) => wanted === agent || wanted === number)
  if (line === undefined) throw new UsageError(`choose a line of the lines file: ${[...new Set(lines.map(({ agent }) => agent))].join(', ')}, or a number of it`)
  return line
}

async function enqueue (records: Records, redisUrl: string, { campaignId }: Campaign): Promise<number> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, commandTimeout: QUEUE_WAIT_MS })
  redis.on('error', () => {})
  const queue = remindersQueue(redis)
  try {
    return await enqueueCampaign(records, queue, campaignId)
  } catch {
    console.log('\nThe queue did not answer; a worker fills it within a minute of its being back.')
    return 0
  } finally {
    await queue.close()
    redis.disconnect()
  }
}

async function look (wish: Extract<CampaignWish, { do: 'status' | 'pause' | 'resume' | 'cancel' | 'report' }>, records: Records, lines: Lines): Promise<void> {
  const { campaignReports } = records
  const find = async (name: string): Promise<Campaign> => {
    const campaign = await campaignReports.find(name)
    if (campaign === undefined) throw new CampaignUnknownError()
    return campaign
  }
  const show = async (campaign: Campaign): Promise<void> => { for (const text of statusLines(campaign, await campaignReports.counts(campaign), lines.timeZone, colors)) console.log(text) }
  if (wish.do === 'report') {
    const report = await campaignReports.report(await find(wish.campaign))
    const rows = reportRows(report, lines)
    if (wish.csv) process.stdout.write(reportCsv(rows))
    else for (const text of reportTable(report, rows, colors)) console.log(text)
  } else if (wish.do === 'status') {
    const shown = wish.campaign === undefined ? await campaignReports.list(LISTED) : [await find(wish.campaign)]
    for (const campaign of shown) await show(campaign)
    if (shown.length === 0) console.log('There is no campaign yet. Make one: npm run campaign -- create due.csv --line lender --name july')
  } else {
    const { campaignId } = await find(wish.campaign)
    await records.write(({ campaigns }) => campaigns[wish.do](campaignId))
    await show(await find(campaignId))
  }
}
