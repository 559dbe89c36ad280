// How fast leads become jobs, with a row first and without: node --conditions=@karani/source --import tsx bench/enqueue.ts [rounds]
// Memory of an import: … bench/enqueue.ts --rows 1000000
import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { Redis } from 'ioredis'
import pg from 'pg'
import { createCampaign, csvRows, enqueueCampaign, objectRows, remindersQueue } from '@karani/campaigns'
import { startPostgres, startRedis } from '@karani/local-stack'
import { migrate, Records } from '@karani/records'
import { quantile } from './quantile.ts'

const LEADS = 10_000
const BATCH = 500
const line = { number: '+254711000001', agent: 'lender' } as const

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rows: { type: 'string' } } })
const rows = Number(values.rows ?? LEADS)
const [postgres, server] = [await startPostgres(), await startRedis()]
await migrate(postgres.url)
const client = new pg.Client({ connectionString: postgres.url })
await client.connect()
await client.query(`insert into business.accounts (account_id, borrower, phone, national_id_last4, birth_year, balance_minor, next_payment_minor, currency, due_on, status, language)
  select 'LN-' || n, 'Borrower', '+2547' || lpad(n::text, 8, '0'), '0000', 1990, 100, 100, 'KES', '2026-01-01', 'current', 'en-KE' from generate_series(1, ${rows}) n`)
await client.query(`insert into dialling.consents (consent_id, phone, subject, purpose, basis, given_at)
  select 'c' || n, '+2547' || lpad(n::text, 8, '0'), 'LN-' || n, 'reminder', 'consent', now() - interval '1 day' from generate_series(1, ${rows}) n`)
await client.query('analyze business.accounts, dialling.consents')

const records = new Records({ url: postgres.url, statementTimeoutMs: 900_000 })
const redis = new Redis(server.url, { maxRetriesPerRequest: null })
const queue = remindersQueue(redis)

function * file (): Generator<string> {
  yield 'accountId,phone,name,amount_due_kes,due_date,language\n'
  for (let n = 1; n <= rows; n++) yield `LN-${n},+2547${String(n).padStart(8, '0')},Borrower,500.00,2026-01-01,en-KE\n`
}

const objects = Array.from({ length: LEADS }, (_, n) => ({ accountId: `LN-${n + 1}`, phone: `+2547${String(n + 1).padStart(8, '0')}` }))

async function withLedger (): Promise<void> {
  const { campaign } = await createCampaign(records, { name: 'bench', line, withoutConsent: 'fault' }, objectRows(objects))
  if (await enqueueCampaign(records, queue, campaign.campaignId) !== LEADS) throw new Error('not all was queued')
}

async function plain (): Promise<void> {
  for (let n = 0; n < LEADS; n += BATCH) {
    await queue.addBulk(Array.from({ length: BATCH }, (_, i) => ({ name: 'dial', data: { leadId: `lead-${crypto.randomUUID().replaceAll('-', '')}` }, opts: { jobId: `plain-${crypto.randomUUID()}_${n + i}` } })))
  }
}

async function seconds (work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  const tookS = (performance.now() - startedAt) / 1000
  await queue.obliterate({ force: true })
  return tookS
}

if (values.rows !== undefined) {
  let peak = 0
  const before = process.memoryUsage.rss()
  const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()) }, 50)
  const tookS = await seconds(async () => { await createCampaign(records, { name: 'bench', line, withoutConsent: 'fault' }, csvRows(Readable.from(file()), 'account')) })
  clearInterval(watch)
  console.log(`${rows} rows in ${tookS.toFixed(1)} s (${Math.round(rows / tookS)} rows/s); resident ${mb(before)} before, ${mb(peak)} at most`)
} else {
  const rounds: Array<{ ledger: number, bare: number }> = []
  for (let round = 0; round <= Number(positionals[0] ?? 5); round++) {
    const [ledger, bare] = [LEADS / await seconds(withLedger), LEADS / await seconds(plain)]
    if (round === 0) continue // the first one warms up
    rounds.push({ ledger, bare })
    console.log(`round ${round}: ${Math.round(ledger)} leads/s with the ledger, ${Math.round(bare)} jobs/s without, ratio ${(ledger / bare).toFixed(2)}`)
  }
  console.log(`median ratio ${quantile(rounds.map(({ ledger, bare }) => ledger / bare).sort((a, b) => a - b), 0.5).toFixed(2)}`)
}

function mb (bytes: number): string { return `${Math.round(bytes / 1e6)} MB` }

await queue.close()
redis.disconnect()
await records.close()
await client.end()
await Promise.all([postgres.stop(), server.stop()])
