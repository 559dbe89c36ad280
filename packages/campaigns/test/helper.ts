import { Readable } from 'node:stream'
import pg from 'pg'
import type { Test } from 'tap'
import { startPostgres } from '@karani/local-stack'
import { migrate, Records, seed } from '@karani/records'
import { createCampaign, csvRows, type CampaignRequest, type CreatedCampaign } from '../src/index.ts'

export const LENDER = { number: '+254711000001', agent: 'lender' } as const
export const COURIER = { number: '+254711000002', agent: 'courier' } as const

/** A private database with the demo records, and a client that looks into it. */
export async function demoDatabase (t: Test): Promise<{ records: Records, client: pg.Client }> {
  const server = await startPostgres()
  await migrate(server.url)
  await seed(server.url, new Date())
  const records = new Records({ url: server.url })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  t.teardown(async () => {
    await client.end()
    await records.close()
    await server.stop()
  })
  return { records, client }
}

export const request = (request: Partial<CampaignRequest> = {}): CampaignRequest => ({ name: 'july', line: LENDER, withoutConsent: 'fault', ...request })

/** Makes a campaign of a file on a lender's line. */
export const fromCsv = async (records: Records, text: string, wanted: Partial<CampaignRequest> = {}): Promise<CreatedCampaign> =>
  await createCampaign(records, request(wanted), csvRows(Readable.from([text]), wanted.line === COURIER ? 'parcel' : 'account'))
